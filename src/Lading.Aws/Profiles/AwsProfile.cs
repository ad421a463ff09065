namespace Lading.Aws.Profiles;

/// <summary>A profile: what both files say of it, the file of credentials before the other.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Settings">The settings by their names in lower case.</param>
internal sealed record AwsProfile(string Name, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>Whether it has keys of its own, or half of them.</summary>
    public bool HasKeys => Find("aws_access_key_id") is not null || Find("aws_secret_access_key") is not null;

    public bool IsSingleSignOn =>
        Find("sso_session") is not null || Find("sso_account_id") is not null || Find("sso_start_url") is not null;

    /// <summary>A setting; null where it is not there or empty.</summary>
    public string? Find(string setting) => Settings.GetValueOrDefault(setting) is { Length: > 0 } value ? value : null;
}
