namespace Lading.IntegrationTests.Aws;

/// <summary>
/// What AWS's shared configuration can say, setting by setting. The outcomes are those of the AWS CLI, which is asked
/// again in each run: <c>key</c>, then what STS was told if a role was assumed.
/// </summary>
internal static class SettingCases
{
    private const string Keys = "aws_access_key_id = AKIABASE\naws_secret_access_key = s\n";
    private const string Role = "role_arn = arn:aws:iam::111111111111:role/deploy\n";
    private const string Program =
        "credential_process = /bin/echo '{\"Version\":1,\"AccessKeyId\":\"AKIAPROGRAM\",\"SecretAccessKey\":\"s\"}'\n";
    private const string Place = "AWS_CONTAINER_CREDENTIALS_FULL_URI={server}/keys";
    private const string Machine = "AWS_EC2_METADATA_DISABLED= AWS_EC2_METADATA_SERVICE_ENDPOINT={server}";
    private const string Legacy =
        "sso_account_id = 111111111111\nsso_role_name = admin\nsso_region = eu-west-1\nsso_start_url = https://start.example\n";

    public static IReadOnlyList<SettingCase> All { get; } =
    [
        new("aws_access_key_id aws_secret_access_key", $"[default]\n{Keys}") { Outcome = "AKIABASE" },
        new("aws_access_key_id", $"[default]\n{Keys}")
        {
            Credentials = "[default]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = s\n",
            Outcome = "AKIAOTHER",
        },
        new("aws_access_key_id", "[default]\naws_access_key_id = AKIABASE\n") { Outcome = "refused" },
        new("aws_secret_access_key", $"[default]\naws_secret_access_key = s\n{Program}") { Outcome = "AKIAPROGRAM" },
        new("aws_session_token", $"[default]\n{Keys}aws_session_token = t\n") { Outcome = "AKIABASE token" },
        new("AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN", $"[default]\n{Keys}")
        {
            Variables = "AWS_ACCESS_KEY_ID=AKIAGIVEN AWS_SECRET_ACCESS_KEY=s AWS_SESSION_TOKEN=t",
            Outcome = "AKIAGIVEN token",
        },
        new("AWS_ACCESS_KEY_ID", $"[default]\n{Keys}")
        {
            Variables = "AWS_ACCESS_KEY_ID=AKIAGIVEN",
            Outcome = "refused",
        },
        new("AWS_SECRET_ACCESS_KEY", $"[default]\n{Keys}")
        {
            Variables = "AWS_SECRET_ACCESS_KEY=s",
            Outcome = "AKIABASE",
            Refused = "half of the keys is a mistake",
        },
        new("AWS_PROFILE", $"[profile dev]\n{Keys}") { Variables = "AWS_PROFILE=dev", Outcome = "AKIABASE" },
        new("AWS_PROFILE AWS_DEFAULT_PROFILE", $"[profile dev]\n{Keys}[profile x]\n{Program}")
        {
            Variables = "AWS_DEFAULT_PROFILE=dev AWS_PROFILE=x",
            Outcome = "AKIABASE",
        },
        new("AWS_PROFILE", $"[profile dev]\n{Keys}")
        {
            Variables = "AWS_PROFILE=dve AWS_ACCESS_KEY_ID=AKIAGIVEN AWS_SECRET_ACCESS_KEY=s",
            Outcome = "refused",
        },
        new("AWS_PROFILE", $"[dev]\n{Keys}") { Variables = "AWS_PROFILE=dev", Outcome = "refused" },
        new("AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE", $"[default]\n{Keys}")
        {
            Variables = "AWS_CONFIG_FILE={home}/none AWS_SHARED_CREDENTIALS_FILE={home}/.aws/config",
            Outcome = "AKIABASE",
        },
        new("source_profile role_arn", $"[default]\n{Role}source_profile = base\n[profile base]\n{Keys}")
        {
            Outcome = "ASIAdeploy token AssumeRole by AKIABASE",
        },
        new("source_profile", $"[default]\n{Role}source_profile = default\n{Keys}")
        {
            Outcome = "ASIAdeploy token AssumeRole by AKIABASE",
        },
        new("source_profile", $"[default]\n{Role}source_profile = default\n{Program}") { Outcome = "refused" },
        new("source_profile", $"[default]\n{Role}source_profile = nobody\n") { Outcome = "refused" },
        new("source_profile", $"[default]\n{Role}source_profile = b\n[profile b]\n{Role}source_profile = default\n")
        {
            Outcome = "refused",
        },
        new(
            "source_profile",
            $"[default]\n{Role}source_profile = base\n[profile base]\nrole_arn = arn:aws:iam::111111111111:role/hub\nsource_profile = root\n[profile root]\n{Keys}"
        )
        {
            Outcome = "ASIAdeploy token AssumeRole by AKIABASE AssumeRole by ASIAhub",
        },
        new(
            "source_profile",
            $"[default]\n{Role}source_profile = base\n[profile base]\nrole_arn = arn:aws:iam::111111111111:role/hub\nsource_profile = root\n{Keys}"
        )
        {
            Outcome = "ASIAdeploy token AssumeRole by AKIABASE",
        },
        new("source_profile credential_process", $"[default]\n{Role}source_profile = base\n[profile base]\n{Program}")
        {
            Outcome = "ASIAdeploy token AssumeRole by AKIAPROGRAM",
        },
        new("source_profile", $"[default]\n{Role}source_profile = base\n[profile base]\nregion = eu-west-1\n")
        {
            Outcome = "refused",
        },
        new("role_arn", $"[default]\n{Role}{Keys}") { Outcome = "refused" },
        new(
            "credential_source",
            $"[default]\n{Role}credential_source = Environment\n[profile dev]\n{Role}credential_source = Environment\n"
        )
        {
            Variables = "AWS_ACCESS_KEY_ID=AKIAGIVEN AWS_SECRET_ACCESS_KEY=s",
            Outcome = "AKIAGIVEN",
        },
        new("credential_source", $"[default]\n{Role}credential_source = EcsContainer\n")
        {
            Variables = Place,
            Outcome = "ASIAdeploy token AssumeRole by ASIAPLACE",
        },
        new("credential_source", $"[default]\n{Role}credential_source = Ec2InstanceMetadata\n")
        {
            Variables = Machine,
            Outcome = "ASIAdeploy token AssumeRole by ASIAPLACE",
        },
        new("credential_source", $"[default]\n{Role}credential_source = Moon\n") { Outcome = "refused" },
        new(
            "credential_source",
            $"[default]\n{Role}credential_source = Environment\nsource_profile = x\n[profile x]\n{Keys}"
        )
        {
            Outcome = "refused",
        },
        new(
            "external_id role_session_name duration_seconds",
            $"[default]\n{Role}source_profile = base\nexternal_id = ext\nrole_session_name = me\nduration_seconds = 900\n[profile base]\n{Keys}"
        )
        {
            Outcome = "ASIAdeploy token AssumeRole by AKIABASE DurationSeconds=900 ExternalId=ext RoleSessionName=me",
        },
        new(
            "mfa_serial",
            $"[default]\n{Role}source_profile = base\nmfa_serial = arn:aws:iam::111111111111:mfa/me\n[profile base]\n{Keys}"
        )
        {
            Outcome = "refused",
        },
        new("web_identity_token_file role_arn", $"[default]\n{Role}web_identity_token_file = {{home}}/token\n")
        {
            Outcome = "ASIAdeploy token AssumeRoleWithWebIdentity by nobody",
        },
        new("web_identity_token_file", "[default]\nweb_identity_token_file = {home}/token\n") { Outcome = "refused" },
        new("AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_ARN AWS_ROLE_SESSION_NAME", $"[default]\n{Keys}")
        {
            Variables =
                "AWS_WEB_IDENTITY_TOKEN_FILE={home}/token AWS_ROLE_ARN=arn:aws:iam::111111111111:role/ci AWS_ROLE_SESSION_NAME=job",
            Outcome = "ASIAci token AssumeRoleWithWebIdentity by nobody RoleSessionName=job",
        },
        new("AWS_WEB_IDENTITY_TOKEN_FILE", $"[default]\n{Role}source_profile = base\n[profile base]\n{Keys}")
        {
            Variables = "AWS_WEB_IDENTITY_TOKEN_FILE={home}/token AWS_ROLE_ARN=arn:aws:iam::111111111111:role/ci",
            Outcome = "ASIAdeploy token AssumeRole by AKIABASE",
        },
        new("AWS_WEB_IDENTITY_TOKEN_FILE", $"[default]\n{Keys}")
        {
            Variables = "AWS_WEB_IDENTITY_TOKEN_FILE={home}/token",
            Outcome = "refused",
        },
        new("sso_account_id sso_role_name sso_region sso_start_url", $"[default]\n{Legacy}")
        {
            Outcome = "ASIAadmin token",
        },
        new(
            "sso_session",
            "[default]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = admin\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.example\n"
        )
        {
            Outcome = "ASIAadmin token",
        },
        new(
            "sso_session",
            $"[default]\nsso_session = corp\n{Keys}[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.example\n"
        )
        {
            Outcome = "AKIABASE",
        },
        new("sso_session", "[default]\nsso_session = nobody\nsso_account_id = 111111111111\nsso_role_name = admin\n")
        {
            Outcome = "refused",
        },
        new("source_profile sso_session", $"[default]\n{Role}source_profile = base\n[profile base]\n{Legacy}")
        {
            Outcome = "ASIAdeploy token AssumeRole by ASIAadmin",
        },
        new("sso_account_id", "[default]\nsso_account_id = 111111111111\nsso_role_name = admin\n")
        {
            Outcome = "refused",
        },
        .. AddressCases.All,
    ];
}
