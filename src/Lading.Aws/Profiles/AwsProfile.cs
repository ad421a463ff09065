namespace Lading.Aws.Profiles;

/// <summary>A profile, with its settings from both files; those in the credentials file take precedence.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Settings">The settings by lower-case name.</param>
internal sealed record AwsProfile(string Name, IReadOnlyDictionary<string, string> Settings)
{
    private const string Id = "aws_access_key_id";
    private const string Secret = "aws_secret_access_key";

    /// <summary>The settings in the credentials file alone: only keys there take precedence over a program.</summary>
    public AwsProfile? InCredentials { get; init; }

    /// <summary>Whether it has keys of its own, or one half of them.</summary>
    public bool HasKeys => Find(Id) is not null || Find(Secret) is not null;

    /// <summary>Whether it has a role of IAM Identity Center; an <c>sso_session</c> alone is for other services.</summary>
    public bool IsSingleSignOn => Find("sso_account_id") is not null || Find("sso_role_name") is not null;

    /// <summary>Whether it has a role that other credentials assume.</summary>
    public bool IsRole => Find("role_arn") is not null && Find("web_identity_token_file") is null;

    /// <summary>A setting; null if it is missing or empty.</summary>
    public string? Find(string setting) => Settings.GetValueOrDefault(setting) is { Length: > 0 } value ? value : null;
}
