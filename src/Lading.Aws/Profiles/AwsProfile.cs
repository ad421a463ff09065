namespace Lading.Aws.Profiles;

/// <summary>A profile: what both files say of it, the file of credentials before the other.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Settings">The settings by their names in lower case.</param>
internal sealed record AwsProfile(string Name, IReadOnlyDictionary<string, string> Settings)
{
    private const string Id = "aws_access_key_id";
    private const string Secret = "aws_secret_access_key";

    /// <summary>What the file of credentials alone says: its keys come before all programs, those of the other file after them.</summary>
    public AwsProfile? InCredentials { get; init; }

    /// <summary>Whether it has keys of its own, or half of them.</summary>
    public bool HasKeys => Find(Id) is not null || Find(Secret) is not null;

    /// <summary>Whether it says which role of IAM Identity Center it is; an <c>sso_session</c> alone is for other services.</summary>
    public bool IsSingleSignOn => Find("sso_account_id") is not null || Find("sso_role_name") is not null;

    /// <summary>Whether it is a role that other credentials take on.</summary>
    public bool IsRole => Find("role_arn") is not null && Find("web_identity_token_file") is null;

    /// <summary>A setting; null if it is not there or empty.</summary>
    public string? Find(string setting) => Settings.GetValueOrDefault(setting) is { Length: > 0 } value ? value : null;
}
