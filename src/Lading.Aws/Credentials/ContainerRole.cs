using System.Net;
using Amazon.Runtime;
using Lading.Http;

namespace Lading.Aws.Credentials;

/// <summary>
/// The role of a container: in ECS from <c>AWS_CONTAINER_CREDENTIALS_RELATIVE_URI</c>, in EKS and others from
/// <c>AWS_CONTAINER_CREDENTIALS_FULL_URI</c> with an authorization token, which is never sent to a proxy.
/// </summary>
internal sealed class ContainerRole : RefreshingAWSCredentials
{
    private const string Relative = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
    private const string Full = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private const string Token = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
    private const string TokenFile = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
    private const string Origin = "the credentials service of this container";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>The credential services of ECS and EKS, which may use plain HTTP, like loopback.</summary>
    private static readonly IPAddress[] Known =
    [
        IPAddress.Parse("169.254.170.2"),
        IPAddress.Parse("169.254.170.23"),
        IPAddress.Parse("fd00:ec2::23"),
    ];

    private readonly AwsSettings settings;
    private readonly HttpConnections http;
    private readonly Uri address;

    private ContainerRole(AwsSettings settings, HttpConnections http, Uri address)
    {
        this.settings = settings;
        this.http = http;
        this.address = address;
    }

    /// <summary>The role of the container; null outside of one, or without a role.</summary>
    /// <exception cref="LadingException">A variable has an address that must not be used for keys.</exception>
    public static ContainerRole? Find(AwsSettings settings, HttpConnections http)
    {
        if (settings.Variable(Relative) is { } path)
        {
            return new ContainerRole(settings, http, new Uri(new Uri("http://169.254.170.2"), path));
        }

        if (settings.Variable(Full) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var full) || full.Scheme is not ("http" or "https"))
        {
            throw Refused(settings, $"{Full} is not an address", "Write it as http://host/path or https://host/path.");
        }

        return full.Scheme == Uri.UriSchemeHttps || IsKnown(full)
            ? new ContainerRole(settings, http, full)
            : throw Refused(
                settings,
                $"{Full} names {full.Scheme}://{full.Authority}, which is neither encrypted nor this machine nor a service of AWS",
                "Use https, an address on loopback, 169.254.170.2, 169.254.170.23 or [fd00:ec2::23]."
            );
    }

    protected override CredentialsRefreshState GenerateNewCredentials() =>
        throw new NotSupportedException("Credentials are asked for asynchronously.");

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        // The file is read each time: another program renews it.
        var token = settings.Variable(TokenFile) is { } file
            ? (await File.ReadAllTextAsync(file).ConfigureAwait(false)).Trim()
            : settings.Variable(Token);
        if (token?.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            throw new IOException("the authorization token of this container has a line break in it");
        }

        var answer = await MetadataCall
            .SendAsync(http, () => CreateMessage(token), Origin, Limit, CancellationToken.None)
            .ConfigureAwait(false);
        return KeyDocument.Read(answer, Origin);
    }

    private HttpRequestMessage CreateMessage(string? token)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, address);
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (token is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", token);
        }

        return message;
    }

    private static bool IsKnown(Uri address) =>
        address.IsLoopback || (IPAddress.TryParse(address.IdnHost, out var ip) && Known.Contains(ip));

    private static LadingException Refused(AwsSettings settings, string cameBack, string remedy) =>
        CredentialFailure.Unusable(settings, cameBack, remedy);
}
