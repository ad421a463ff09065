using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Lading.Configuration.Json;
using Lading.Http;

namespace Lading.Aws.Credentials;

/// <summary>Credentials of profiles in <c>~/.aws/config</c> and <c>~/.aws/credentials</c>.</summary>
internal static class ProfileSearch
{
    /// <summary>The credentials of a profile; null where there is none of that name, or it has none (a default with a region alone).</summary>
    /// <exception cref="LadingException">The profile is there, and cannot be used.</exception>
    public static AwsLogin? Find(string name, AwsSettings settings, HttpConnections http)
    {
        var chain = new CredentialProfileStoreChain(settings.ProfilesFile);
        try
        {
            if (!chain.TryGetProfile(name, out var profile))
            {
                return null;
            }

            if (!profile.CanCreateAWSCredentials)
            {
                return name == "default" && settings.Profile is null && settings.Variable("AWS_PROFILE") is null
                    ? null
                    : throw new InvalidOperationException("the profile says nothing of credentials");
            }

            if (profile.Options.LoginSession is not null)
            {
                throw new LadingException(
                    CredentialFailure.Attempted(settings),
                    $"profile {name} logs in with 'aws login', which needs the AWS CLI",
                    $"Hand its credentials on: eval \"$(aws configure export-credentials --profile {name} --format env)\""
                );
            }

            SdkClients.Register(http);
            var sso = SsoProfileOf(profile, chain);
            return new AwsLogin(KindOf(profile, sso), $"profile {name}", Regional(profile, chain, settings, http))
            {
                Profile = name,
                SsoProfile = sso,
            };
        }
        catch (Exception e) when (CredentialFailure.IsOne(e))
        {
            throw new LadingException(
                CredentialFailure.Attempted(settings),
                $"profile {name} cannot be used: {e.Message.TrimEnd('.')}",
                $"Correct the profile in the AWS configuration; 'aws sts get-caller-identity --profile {name}' shows whether it works.",
                innerException: e
            );
        }
    }

    /// <summary>Whether there is a profile of a name, whatever it is good for.</summary>
    public static bool Has(string name, AwsSettings settings) => All(settings).Exists(profile => profile.Name == name);

    /// <summary>A failure that names the profiles there are.</summary>
    public static LadingException Unknown(string name, bool isNamedHere, AwsSettings settings)
    {
        var known = All(settings).Select(profile => profile.Name).ToList();
        var remedy =
            known.Count == 0
                ? $"It has no profiles at all: 'aws configure sso --profile {name}' makes one; in CI, give the job the credentials of a role."
                : Advice.Choose(name, known);
        return CredentialFailure.UnknownProfile(name, isNamedHere, remedy, settings);
    }

    /// <summary>A profile that, by what it says itself, reaches an account; null where none does.</summary>
    public static string? FindForAccount(string account, AwsSettings settings) =>
        All(settings)
            .Where(profile =>
                profile.Options.SsoAccountId == account
                || profile.Options.AwsAccountId == account
                || profile.Options.RoleArn?.Contains($"::{account}:", StringComparison.Ordinal) == true
            )
            .Select(profile => profile.Name)
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();

    private static List<CredentialProfile> All(AwsSettings settings)
    {
        try
        {
            return new CredentialProfileStoreChain(settings.ProfilesFile).ListProfiles();
        }
        catch (Exception e) when (CredentialFailure.IsOne(e))
        {
            // This is for advice only.
            return [];
        }
    }

    private static LoginKind KindOf(CredentialProfile profile, string? sso) =>
        sso is not null ? LoginKind.SingleSignOn
        : profile.Options.RoleArn is not null ? LoginKind.Role
        : profile.Options.CredentialProcess is not null ? LoginKind.Program
        : LoginKind.Keys;

    private static string? SsoProfileOf(CredentialProfile profile, CredentialProfileStoreChain chain)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = profile; seen.Add(at.Name); )
        {
            if (at.Options.SsoRoleName is not null || at.Options.SsoSession is not null)
            {
                return at.Name;
            }

            if (at.Options.SourceProfile is null || !chain.TryGetProfile(at.Options.SourceProfile, out at))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>
    /// Roles are taken on in the environment's own region, and not in one that the SDK looks for elsewhere; what this container or
    /// machine gives is asked for by ourselves, past every proxy.
    /// </summary>
    private static AWSCredentials Regional(
        CredentialProfile profile,
        CredentialProfileStoreChain chain,
        AwsSettings settings,
        HttpConnections http
    )
    {
        if (profile.Options is { RoleArn: { } role, CredentialSource: { } source })
        {
            var options = new AssumeRoleAWSCredentialsOptions
            {
                ExternalId = profile.Options.ExternalID,
                MfaSerialNumber = profile.Options.MfaSerial,
            };
            var session = profile.Options.RoleSessionName ?? "lading";
            return new RegionalRole(settings, http, role, session, options, OfPlace(source, settings, http));
        }

        return Regional(profile.GetAWSCredentials(chain), settings, http);
    }

    private static AWSCredentials OfPlace(string source, AwsSettings settings, HttpConnections http) =>
        source switch
        {
            "EcsContainer" => ContainerRole.Find(settings, http)
                ?? throw new InvalidOperationException(
                    "its credential_source is EcsContainer, and this is not a container with a role"
                ),
            "Ec2InstanceMetadata" => new InstanceRole(settings, http),
            "Environment" => CredentialSearch.FindKeys(settings)
                ?? throw new InvalidOperationException(
                    "its credential_source is Environment, and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"
                ),
            _ => throw new InvalidOperationException(
                $"its credential_source is '{source}', and not Environment, EcsContainer or Ec2InstanceMetadata"
            ),
        };

    private static AWSCredentials Regional(AWSCredentials credentials, AwsSettings settings, HttpConnections http) =>
        credentials switch
        {
            AssumeRoleAWSCredentials role => new RegionalRole(
                settings,
                http,
                role.RoleArn,
                role.RoleSessionName,
                role.Options,
                Regional(role.SourceCredentials, settings, http)
            ),
            AssumeRoleWithWebIdentityCredentials web => new RegionalWebIdentity(
                settings,
                http,
                web.WebIdentityTokenFile,
                web.RoleArn,
                web.RoleSessionName
            ),
            _ => credentials,
        };
}
