using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Lading.Testing;

namespace Lading.IntegrationTests.Aws;

/// <summary>The home of a user with the AWS configuration of a case: files, logins and variables.</summary>
internal static class CaseHome
{
    /// <summary>Writes the files of a case into a home of its own.</summary>
    /// <param name="folder">For the home.</param>
    /// <param name="certificate">What <c>ca.pem</c> trusts.</param>
    /// <param name="each">The case.</param>
    /// <param name="address">The address of AWS.</param>
    /// <returns>The variables.</returns>
    public static async Task<IReadOnlyDictionary<string, string?>> WriteAsync(
        TestFolder folder,
        X509Certificate2 certificate,
        SettingCase each,
        string address
    )
    {
        var home = folder.Combine(Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path.Combine(home, ".aws", "sso", "cache"));
        await PutAsync(".aws/config", each.Config);
        await PutAsync(".aws/credentials", each.Credentials);
        await PutAsync("token", "a.b.c");
        await PutAsync("ca.pem", certificate.ExportCertificatePem());
        foreach (var name in new[] { "corp", "https://start.example" })
        {
            // The AWS CLI names its files like this.
#pragma warning disable CA5350
            var file = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(name)));
#pragma warning restore CA5350
            await PutAsync(
                $".aws/sso/cache/{file}.json",
                $$"""{"startUrl":"{{(name == "corp" ? "https://corp.example" : name)}}","region":"eu-west-1","accessToken":"t","expiresAt":"2199-01-01T00:00:00Z"}"""
            );
        }

        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HOME"] = home,
            ["AWS_CONFIG_FILE"] = Path.Combine(home, ".aws", "config"),
            ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(home, ".aws", "credentials"),
            ["AWS_ENDPOINT_URL"] = address,
            ["AWS_DEFAULT_REGION"] = "eu-west-1",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_MAX_ATTEMPTS"] = "1",
            ["AWS_PAGER"] = "",
        };
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>())
        {
            if (name.StartsWith("AWS_", StringComparison.Ordinal))
            {
                variables.TryAdd(name, null);
            }
        }

        foreach (var pair in each.Variables.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var value = Filled(pair[(equals + 1)..]);
            variables[pair[..equals]] = value.Length == 0 ? null : value;
        }

        return variables;

        string Filled(string text) =>
            text.Replace("{home}", home, StringComparison.Ordinal)
                .Replace("{server}", address, StringComparison.Ordinal);

        Task PutAsync(string path, string text) =>
            File.WriteAllTextAsync(Path.Combine(home, path), Filled(text), TestContext.Current.CancellationToken);
    }
}
