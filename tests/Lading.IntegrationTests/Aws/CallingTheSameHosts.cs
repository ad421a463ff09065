using System.Net;
using System.Security.Cryptography.X509Certificates;
using Lading.Aws;
using Lading.Testing;

namespace Lading.IntegrationTests.Aws;

/// <summary>Settings lead to the same hosts of AWS that the AWS CLI calls.</summary>
public sealed class CallingTheSameHosts : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly X509Certificate2 certificate = TestCertificate.Create(IPAddress.Loopback, TimeSpan.FromDays(1));

    public void Dispose()
    {
        certificate.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task As_the_AWS_CLI_does()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs are those of Unix.");
        (string Region, string Profile, string Variables)[] cases =
        [
            ("eu-west-1", "", ""),
            ("cn-north-1", "", ""),
            ("cn-north-1", "use_dualstack_endpoint = true", ""),
            ("us-gov-west-1", "use_fips_endpoint = true", ""),
            ("us-gov-west-1", "use_fips_endpoint = true\nuse_dualstack_endpoint = true", ""),
            ("us-iso-east-1", "use_dualstack_endpoint = true", ""),
            ("us-isob-east-1", "use_dualstack_endpoint = true", ""),
            ("eusc-de-east-1", "use_dualstack_endpoint = true", ""),
            ("eu-west-1", "use_dualstack_endpoint = true", ""),
            ("us-east-1", "use_fips_endpoint = true", ""),
            ("us-east-1", "use_fips_endpoint = true\nuse_dualstack_endpoint = true", ""),
            ("eu-west-1", "", "AWS_USE_DUALSTACK_ENDPOINT=true"),
            ("us-east-1", "use_fips_endpoint = true", "AWS_USE_FIPS_ENDPOINT=false"),
            ("us-east-1", "", "AWS_USE_FIPS_ENDPOINT=TRUE"),
            ("eu-west-1", "endpoint_url = https://set.example\nignore_configured_endpoint_urls = true", ""),
            (
                "eu-west-1",
                "ignore_configured_endpoint_urls = true",
                "AWS_ENDPOINT_URL=https://set.example AWS_ENDPOINT_URL_ECR=https://ecr.example"
            ),
            ("eu-west-1", "", "AWS_ENDPOINT_URL=https://set.example AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true"),
            ("eu-west-1", "endpoint_url = https://set.example", "AWS_ENDPOINT_URL_ECR=https://ecr.example"),
        ];
        var calls = new List<(IReadOnlyList<string>, IReadOnlyDictionary<string, string?>)>();
        var proxies = new List<RecordingProxy>();
        try
        {
            foreach (var (region, profile, set) in cases)
            {
                foreach (var command in new[] { "ecr describe-repositories", "sts get-caller-identity" })
                {
                    proxies.Add(new RecordingProxy("127.0.0.1:1") { Refusal = 403 });
                    var variables = await WriteAsync(region, profile, $"{set} HTTPS_PROXY={proxies[^1].Address}");
                    calls.Add((command.Split(' '), variables));
                }
            }

            var said = await AwsCli.RunAsync(folder, calls);

            for (var i = 0; i < calls.Count; i++)
            {
                var variables = calls[i].Item2;
                var settings = new AwsSettings
                {
                    Environment = "dev",
                    Account = "111111111111",
                    Region = cases[i / 2].Region,
                    Variable = variables.GetValueOrDefault,
                };
                var ours = ServiceAddress
                    .Of(i % 2 == 0 ? AwsService.Ecr : AwsService.Sts, settings, profile: null)
                    .Root;
                var theirs = proxies[i].Lines.Select(line => line.Split(' ')[1]).Distinct();
                Assert.True(
                    theirs.SequenceEqual([$"{ours.Host}:443"]),
                    $"{cases[i / 2]}: {ours}, and the AWS CLI {string.Join(", ", theirs)}\n{said[i]}"
                );
            }
        }
        finally
        {
            foreach (var proxy in proxies)
            {
                await proxy.DisposeAsync();
            }
        }
    }

    private Task<IReadOnlyDictionary<string, string?>> WriteAsync(string region, string profile, string variables) =>
        CaseHome.WriteAsync(
            folder,
            certificate,
            new SettingCase("", $"[default]\naws_access_key_id = AKIA\naws_secret_access_key = s\n{profile}\n")
            {
                Variables = $"AWS_ENDPOINT_URL= AWS_DEFAULT_REGION={region} {variables}",
                Outcome = "",
            },
            address: ""
        );
}
