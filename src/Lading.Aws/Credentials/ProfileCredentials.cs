using Amazon.Runtime;
using Lading.Aws.Profiles;
using Lading.Http;
using Lading.Processes;

namespace Lading.Aws.Credentials;

/// <summary>
/// The credentials of a profile, by the rules and with the precedence of the AWS CLI: a role assumed with other credentials, a web
/// identity, IAM Identity Center, <c>aws login</c>, keys, a program.
/// </summary>
internal sealed class ProfileCredentials(SharedConfiguration configuration, AwsSettings settings, HttpConnections http)
{
    private readonly List<string> chain = [];

    /// <summary>
    /// The profile in the chain that needs a login with IAM Identity Center or <c>aws login</c>; null for none.
    /// </summary>
    public string? LoginProfile { get; private set; }

    /// <summary>The kind of credentials.</summary>
    public LoginKind Kind { get; private set; }

    /// <summary>The credentials of a profile; null if it has none.</summary>
    /// <exception cref="InvalidOperationException">Its settings are invalid.</exception>
    public AWSCredentials? Find(AwsProfile profile)
    {
        if (chain.Contains(profile.Name))
        {
            throw new InvalidOperationException(
                $"the source profiles form a cycle: {string.Join(" → ", chain.Append(profile.Name))}"
            );
        }

        chain.Add(profile.Name);
        // In source profiles, keys take precedence over a role.
        return profile.IsRole && (chain.Count == 1 || !profile.HasKeys)
            ? Role(profile, profile.Find("role_arn")!)
            : FindOwn(profile);
    }

    private AWSCredentials? FindOwn(AwsProfile profile) =>
        profile.Find("web_identity_token_file") is { } token ? WebIdentity(profile, token)
        : profile.IsSingleSignOn ? SingleSignOn(profile)
        : profile.InCredentials is { HasKeys: true } keys ? Keys(keys)
        : profile.Find("login_session") is not null ? ConsoleLogin(profile)
        : profile.Find("credential_process") is { } line ? Program(profile, line)
        : profile.HasKeys ? Keys(profile)
        // Without an account, the session serves other purposes; if credentials were intended, the error names the
        // missing setting.
        : (profile.Find("sso_session") ?? profile.Find("sso_start_url")) is not null ? SingleSignOn(profile)
        : null;

    private RegionalWebIdentity WebIdentity(AwsProfile profile, string token)
    {
        Kind = LoginKind.WebIdentity;
        var role = Required(profile, "role_arn");
        return new RegionalWebIdentity(settings, http, token, role, profile.Find("role_session_name"));
    }

    private RegionalRole Role(AwsProfile profile, string role)
    {
        var source = (profile.Find("source_profile"), profile.Find("credential_source")) switch
        {
            (null, null) => throw new InvalidOperationException(
                $"profile {profile.Name} has a role_arn, and neither source_profile nor credential_source to assume it with"
            ),
            ({ }, { }) => throw new InvalidOperationException(
                $"profile {profile.Name} has both source_profile and credential_source"
            ),
            (null, { } credentialSource) => OfCredentialSource(profile, credentialSource),
            ({ } name, null) => OfProfile(profile, name),
        };
        Kind = Kind is LoginKind.SingleSignOn or LoginKind.ConsoleLogin ? Kind : LoginKind.Role;
        var options = new AssumeRoleAWSCredentialsOptions
        {
            ExternalId = profile.Find("external_id"),
            MfaSerialNumber = profile.Find("mfa_serial"),
        };
        if (int.TryParse(profile.Find("duration_seconds"), out var seconds))
        {
            options.DurationSeconds = seconds;
        }

        return new RegionalRole(settings, http, role, profile.Find("role_session_name") ?? "lading", options, source);
    }

    private AWSCredentials OfProfile(AwsProfile profile, string name)
    {
        var source =
            configuration.Find(name)
            ?? throw new InvalidOperationException(
                $"profile {profile.Name} names source_profile {name}, and there is no profile of that name"
            );
        // A profile may assume its role with its own keys.
        return (name == profile.Name && profile.HasKeys ? FindOwn(profile) : Find(source))
            ?? throw new InvalidOperationException(
                $"profile {name}, with which {profile.Name} assumes its role, has no credentials"
            );
    }

    private AWSCredentials OfCredentialSource(AwsProfile profile, string source) =>
        source switch
        {
            "EcsContainer" => ContainerRole.Find(settings, http)
                ?? throw new InvalidOperationException(
                    $"credential_source of profile {profile.Name} is EcsContainer, and this is not a container with a role"
                ),
            "Ec2InstanceMetadata" => new InstanceRole(settings, http),
            "Environment" => CredentialSearch.FindKeys(settings)
                ?? throw new InvalidOperationException(
                    $"credential_source of profile {profile.Name} is Environment, and AWS_ACCESS_KEY_ID is not set"
                ),
            _ => throw new InvalidOperationException(
                $"credential_source of profile {profile.Name} is '{source}', and not Environment, EcsContainer or Ec2InstanceMetadata"
            ),
        };

    private SingleSignOnRole SingleSignOn(AwsProfile profile)
    {
        var name = profile.Find("sso_session");
        var session = name is null
            ? profile
            : configuration.FindSession(name)
                ?? throw new InvalidOperationException(
                    $"profile {profile.Name} names sso_session {name}, and there is no section [sso-session {name}]"
                );
        Kind = LoginKind.SingleSignOn;
        LoginProfile = profile.Name;
        // The constructor of the SDK's class creates a client already.
        SdkClients.UseForSingleSignOn(settings, http);
        return new SingleSignOnRole(
            settings,
            http,
            Required(profile, "sso_account_id"),
            Required(session, "sso_region"),
            Required(profile, "sso_role_name"),
            Required(session, "sso_start_url"),
            new SSOAWSCredentialsOptions { ClientName = "lading", SessionName = name }
        );
    }

    private AWSCredentials Keys(AwsProfile profile)
    {
        Kind = LoginKind.Keys;
        var id = Required(profile, "aws_access_key_id");
        var secret = Required(profile, "aws_secret_access_key");
        return profile.Find("aws_session_token") is { } token
            ? new SessionAWSCredentials(id, secret, token)
            : new BasicAWSCredentials(id, secret);
    }

    private ProgramKeys ConsoleLogin(AwsProfile profile)
    {
        // Only the AWS CLI renews the login of 'aws login'.
        Kind = LoginKind.ConsoleLogin;
        LoginProfile = profile.Name;
        return new ProgramKeys(
            new ProgramCall("aws", "configure", "export-credentials", "--profile", profile.Name, "--format", "process"),
            $"'aws configure export-credentials' for profile {profile.Name}"
        );
    }

    private ProgramKeys Program(AwsProfile profile, string line)
    {
        Kind = LoginKind.Program;
        return new ProgramKeys(ProgramKeys.Split(line), $"the credential_process of profile {profile.Name}");
    }

    private static string Required(AwsProfile profile, string setting) =>
        profile.Find(setting) ?? throw new InvalidOperationException($"{profile.Name} lacks {setting}");
}
