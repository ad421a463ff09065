using System.Globalization;
using System.Net;
using System.Text;
using Amazon.Runtime;
using Lading.Http;

namespace Lading.Aws.Credentials;

/// <summary>
/// The role of the machine, from EC2's instance metadata service: version 2, or version 1 if that is the only one and
/// not disabled.
/// </summary>
internal sealed class InstanceRole(AwsSettings settings, HttpConnections http) : RefreshingAWSCredentials
{
    private const string Origin = "the metadata service of this machine";
    private const string Roles = "latest/meta-data/iam/security-credentials/";
    private const string Endpoint = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

    private string? role;

    /// <summary>The time limit on a machine without the service (<c>AWS_METADATA_SERVICE_TIMEOUT</c>, in seconds).</summary>
    private TimeSpan Limit =>
        double.TryParse(
            settings.Setting("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout"),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var seconds
        ) && seconds is > 0 and < 600
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromSeconds(1);

    private Uri Root =>
        settings.Setting(Endpoint, "ec2_metadata_service_endpoint") is { } given
        && Uri.TryCreate(given.TrimEnd('/') + "/", UriKind.Absolute, out var set)
            ? set
        : string.Equals(
            settings.Setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode"),
            "IPv6",
            StringComparison.OrdinalIgnoreCase
        )
            ? new Uri("http://[fd00:ec2::254]/")
        : new Uri("http://169.254.169.254/");

    /// <summary>Whether the service exists and has a role.</summary>
    public async Task<bool> HasRoleAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = await TokenAsync(cancellationToken).ConfigureAwait(false);
            role = await RoleAsync(token, cancellationToken).ConfigureAwait(false);
            return role.Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    protected override CredentialsRefreshState GenerateNewCredentials() =>
        throw new NotSupportedException("Credentials are asked for asynchronously.");

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var token = await TokenAsync(CancellationToken.None).ConfigureAwait(false);
        role ??= await RoleAsync(token, CancellationToken.None).ConfigureAwait(false);
        var answer = await GetAsync(Roles + role, token, CancellationToken.None).ConfigureAwait(false);
        return KeyDocument.Read(answer, Origin);
    }

    /// <summary>The token of version 2; null if only version 1 exists.</summary>
    private async Task<string?> TokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await MetadataCall
                .SendAsync(
                    http,
                    () =>
                    {
                        var message = new HttpRequestMessage(HttpMethod.Put, new Uri(Root, "latest/api/token"));
                        message.Headers.TryAddWithoutValidation("X-aws-ec2-metadata-token-ttl-seconds", "21600");
                        return message;
                    },
                    Origin,
                    Limit,
                    cancellationToken
                )
                .ConfigureAwait(false);
            return Encoding.ASCII.GetString(answer).Trim();
        }
        catch (MetadataRefusalException e)
            when (e.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed
                && !string.Equals(
                    settings.Setting("AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled"),
                    "true",
                    StringComparison.OrdinalIgnoreCase
                )
            )
        {
            return null;
        }
    }

    private async Task<string> RoleAsync(string? token, CancellationToken cancellationToken)
    {
        var names = Encoding.UTF8.GetString(await GetAsync(Roles, token, cancellationToken).ConfigureAwait(false));
        return names
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .FirstOrDefault()
            ?? "";
    }

    private Task<byte[]> GetAsync(string path, string? token, CancellationToken cancellationToken) =>
        MetadataCall.SendAsync(
            http,
            () =>
            {
                var message = new HttpRequestMessage(HttpMethod.Get, new Uri(Root, path));
                if (token is not null)
                {
                    message.Headers.TryAddWithoutValidation("X-aws-ec2-metadata-token", token);
                }

                return message;
            },
            Origin,
            Limit,
            cancellationToken
        );
}
