namespace Lading.IntegrationTests.Aws;

/// <summary>One AWS configuration, given to the AWS CLI and to Lading alike.</summary>
/// <param name="Settings">The settings and variables under test, as docs/aws.md lists them.</param>
/// <param name="Config">The text of <c>~/.aws/config</c>; <c>{home}</c> and <c>{server}</c> are replaced.</param>
internal sealed record SettingCase(string Settings, string Config)
{
    /// <summary>The text of <c>~/.aws/credentials</c>.</summary>
    public string Credentials { get; init; } = "";

    /// <summary>Variables: <c>AWS_PROFILE=dev AWS_REGION=eu-west-1</c>.</summary>
    public string Variables { get; init; } = "";

    /// <summary>What both come to: the last words of what the server saw, or <c>refused</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Whether every server has a certificate that only <c>{home}/ca.pem</c> trusts.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Why Lading refuses what the AWS CLI accepts; null if both do the same.</summary>
    public string? Refused { get; init; }

    public override string ToString() => $"{Settings}: {Config} {Credentials} {Variables}".ReplaceLineEndings(" ");
}
