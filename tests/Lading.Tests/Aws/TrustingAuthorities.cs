using System.Net;
using Lading.Aws;
using Lading.Aws.Sts;
using Lading.Http;
using Lading.Testing;
using Lading.Testing.Faults;

namespace Lading.Tests.Aws;

/// <summary>AWS servers whose certificate is from a private authority.</summary>
public sealed class TrustingAuthorities : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_is_trusted_through_the_bundle_and_otherwise_fails_at_once(bool named)
    {
        using var certificate = TestCertificate.Create(IPAddress.Loopback, TimeSpan.FromDays(1));
        await using var server = await FaultServer.StartAsync(certificate: certificate);
        server.On(
            "POST",
            "/",
            e =>
                e.AnswerAsync(
                    200,
                    "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111111111111</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
                )
        );
        await File.WriteAllTextAsync(folder.Combine("ca.pem"), certificate.ExportCertificatePem(), Cancelled);
        var variables = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = $"https://{server.Host}",
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        };
        if (named)
        {
            variables["AWS_CA_BUNDLE"] = folder.Combine("ca.pem");
        }

        var settings = new AwsSettings
        {
            Environment = "dev",
            Account = "111111111111",
            Region = "eu-west-1",
            Variable = variables.GetValueOrDefault,
        };
        using var http = HttpConnections.Create(ProxyResolver.None);
        var schedule = TestClient.AtOnce;
        using var session = new AwsSession(settings, http, schedule, []);

        if (named)
        {
            Assert.Equal("111111111111", (await session.ReadAsync(new GetCallerIdentity(), Cancelled)).Account);
            return;
        }

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            session.ReadAsync(new GetCallerIdentity(), Cancelled)
        );
        Assert.Contains("certificate", failure.CameBack, StringComparison.Ordinal);
        Assert.Contains("tried once", failure.CameBack, StringComparison.Ordinal);
        Assert.Contains("AWS_CA_BUNDLE", failure.Remedy, StringComparison.Ordinal);
    }
}
