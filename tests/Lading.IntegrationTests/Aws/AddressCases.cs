namespace Lading.IntegrationTests.Aws;

/// <summary>
/// The rest of <see cref="SettingCases"/>: programs, endpoints that hand out keys, addresses, certificates.
/// </summary>
internal static class AddressCases
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
        new("credential_process", $"[default]\n{Program}") { Outcome = "AKIAPROGRAM" },
        new("credential_process", $"[default]\n{Program}{Keys}") { Outcome = "AKIAPROGRAM" },
        new("credential_process", $"[default]\n{Program}") { Credentials = $"[default]\n{Keys}", Outcome = "AKIABASE" },
        new(
            "credential_process",
            "[default]\ncredential_process = /bin/echo '{\"AccessKeyId\":\"AKIA\",\"SecretAccessKey\":\"s\"}'\n"
        )
        {
            Outcome = "refused",
        },
        new("credential_process", "[default]\ncredential_process = /bin/false\n") { Outcome = "refused" },
        new("AWS_CONTAINER_CREDENTIALS_FULL_URI", "") { Variables = Place, Outcome = "ASIAPLACE token" },
        new("AWS_CONTAINER_AUTHORIZATION_TOKEN", "[default]\nregion = eu-west-1\n")
        {
            Variables = $"{Place} AWS_CONTAINER_AUTHORIZATION_TOKEN=t",
            Outcome = "ASIAPLACE token",
        },
        new("AWS_EC2_METADATA_SERVICE_ENDPOINT", "") { Variables = Machine, Outcome = "ASIAPLACE token" },
        new("ec2_metadata_service_endpoint", "[default]\nec2_metadata_service_endpoint = {server}\n")
        {
            Variables = "AWS_EC2_METADATA_DISABLED=",
            Outcome = "ASIAPLACE token",
        },
        new("AWS_EC2_METADATA_DISABLED", "[default]\nec2_metadata_service_endpoint = {server}\n")
        {
            Outcome = "refused",
        },
        new("endpoint_url", $"[default]\nendpoint_url = {{server}}/all\n{Keys}")
        {
            Variables = "AWS_ENDPOINT_URL=",
            Outcome = "AKIABASE /all",
        },
        new(
            "services",
            $"[default]\nservices = own\nendpoint_url = {{server}}/all\n{Keys}[services own]\nsts =\n  endpoint_url = {{server}}/own\n"
        )
        {
            Variables = "AWS_ENDPOINT_URL=",
            Outcome = "AKIABASE /own",
        },
        new(
            "services",
            $"[default]\nservices = own\nendpoint_url = {{server}}/all\n{Keys}[services own]\ns3 =\n  endpoint_url = {{server}}/own\n"
        )
        {
            Variables = "AWS_ENDPOINT_URL=",
            Outcome = "AKIABASE /all",
        },
        new(
            "AWS_ENDPOINT_URL",
            $"[default]\nservices = own\n{Keys}[services own]\nsts =\n  endpoint_url = {{server}}/own\n"
        )
        {
            Variables = "AWS_ENDPOINT_URL={server}/set",
            Outcome = "AKIABASE /set",
        },
        new("AWS_ENDPOINT_URL", $"[default]\n{Keys}")
        {
            Variables = "AWS_ENDPOINT_URL_STS={server}/sts",
            Outcome = "AKIABASE /sts",
        },
        new("ca_bundle", $"[default]\nca_bundle = {{home}}/ca.pem\n{Keys}")
        {
            IsEncrypted = true,
            Outcome = "AKIABASE",
        },
        new("AWS_CA_BUNDLE", $"[default]\nca_bundle = {{home}}/none\n{Keys}")
        {
            IsEncrypted = true,
            Variables = "AWS_CA_BUNDLE={home}/ca.pem",
            Outcome = "AKIABASE",
        },
        new(
            "ca_bundle",
            $"[default]\nca_bundle = {{home}}/ca.pem\n{Role}source_profile = base\n[profile base]\n{Legacy}"
        )
        {
            IsEncrypted = true,
            Outcome = "ASIAdeploy token AssumeRole by ASIAadmin",
        },
        new("ca_bundle", $"[default]\n{Keys}") { IsEncrypted = true, Outcome = "refused" },
        new("ca_bundle", $"[default]\n{Legacy}") { IsEncrypted = true, Outcome = "refused" },
        new("ca_bundle", $"[default]\n{Role}source_profile = base\n[profile base]\n{Keys}")
        {
            IsEncrypted = true,
            Outcome = "refused",
        },
    ];
}
