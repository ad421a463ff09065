using Amazon.Runtime;
using Lading.Http;

namespace Lading.Aws.Credentials;

/// <summary>Looks up credentials in the same places as all AWS tools, in the same order.</summary>
internal static class CredentialSearch
{
    /// <summary>
    /// The environment's profile if it exists; otherwise variables, web identity, <c>AWS_PROFILE</c> or the default profile, and the
    /// role of the container or machine.
    /// </summary>
    /// <remarks>
    /// A missing profile is normal in CI, where jobs have their own credentials; the account is verified before they
    /// are used. Another profile never replaces the named one.
    /// </remarks>
    /// <exception cref="LadingException">There are none, or not in the named profile.</exception>
    public static async Task<AwsLogin> RunAsync(AwsSettings settings, HttpConnections http)
    {
        if (settings.Profile is { } named && ProfileSearch.Has(named, settings))
        {
            return await FindInAsync(named, settings, http).ConfigureAwait(false);
        }

        if (settings.Profile is null && settings.ChosenProfile is { } name && !ProfileSearch.Has(name, settings))
        {
            throw ProfileSearch.Unknown(name, isNamedHere: false, settings);
        }

        if (FindInVariables(settings, http) is { } given)
        {
            return given;
        }

        if (settings.Profile is null && settings.ChosenProfile is { } chosen)
        {
            return await FindInAsync(chosen, settings, http).ConfigureAwait(false);
        }

        return (settings.Profile is null ? ProfileSearch.Find("default", settings, http) : null)
            ?? await FindOfHostAsync(settings, http).ConfigureAwait(false)
            ?? throw (
                settings.Profile is { } missing
                    ? ProfileSearch.Unknown(missing, isNamedHere: true, settings)
                    : CredentialFailure.None(settings)
            );
    }

    /// <summary>
    /// The credentials of a profile; if it has none (only a region, for example), those of the container or machine.
    /// </summary>
    private static async Task<AwsLogin> FindInAsync(string profile, AwsSettings settings, HttpConnections http) =>
        ProfileSearch.Find(profile, settings, http)
        ?? await FindOfHostAsync(settings, http).ConfigureAwait(false)
        ?? throw CredentialFailure.NoneIn(profile, settings);

    /// <summary>The keys in variables; null if there are none.</summary>
    /// <exception cref="LadingException">One of the two variables is set without the other.</exception>
    public static AWSCredentials? FindKeys(AwsSettings settings)
    {
        var (id, secret) = (settings.Variable("AWS_ACCESS_KEY_ID"), settings.Variable("AWS_SECRET_ACCESS_KEY"));
        if (id is null != secret is null)
        {
            throw CredentialFailure.Unusable(
                settings,
                id is null
                    ? "AWS_SECRET_ACCESS_KEY is set, and AWS_ACCESS_KEY_ID is not"
                    : "AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not",
                "Set both, or neither and use a profile."
            );
        }

        return id is null ? null
            : (settings.Variable("AWS_SECURITY_TOKEN") ?? settings.Variable("AWS_SESSION_TOKEN")) is { } token
                ? new SessionAWSCredentials(id, secret, token)
            : new BasicAWSCredentials(id, secret);
    }

    /// <summary>The login from environment variables; null for none.</summary>
    private static AwsLogin? FindInVariables(AwsSettings settings, HttpConnections http)
    {
        var variable = settings.Variable;
        if (FindKeys(settings) is { } keys)
        {
            return new AwsLogin(LoginKind.Variables, "AWS_ACCESS_KEY_ID", keys);
        }

        // A role that the selected profile itself assumes takes precedence.
        var profile = settings.Profile is null ? settings.SettingsProfile : null;
        if (variable("AWS_WEB_IDENTITY_TOKEN_FILE") is { } file && profile is not { IsRole: true })
        {
            var role =
                variable("AWS_ROLE_ARN")
                ?? profile?.Find("role_arn")
                ?? throw CredentialFailure.Unusable(
                    settings,
                    "AWS_WEB_IDENTITY_TOKEN_FILE is set, and AWS_ROLE_ARN is not",
                    "Set AWS_ROLE_ARN to the role that the token is for, or unset the file."
                );
            return new AwsLogin(
                LoginKind.WebIdentity,
                $"web identity with role {role}",
                new RegionalWebIdentity(
                    settings,
                    http,
                    file,
                    role,
                    variable("AWS_ROLE_SESSION_NAME") ?? profile?.Find("role_session_name")
                )
            );
        }

        return null;
    }

    private static async Task<AwsLogin?> FindOfHostAsync(AwsSettings settings, HttpConnections http)
    {
        if (ContainerRole.Find(settings, http) is { } container)
        {
            return new AwsLogin(LoginKind.Compute, "the role of this container", container);
        }

        if (string.Equals(settings.Variable("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var machine = new InstanceRole(settings, http);
        return await machine.HasRoleAsync(CancellationToken.None).ConfigureAwait(false)
            ? new AwsLogin(LoginKind.Compute, "the role of this machine", machine)
            : null;
    }
}
