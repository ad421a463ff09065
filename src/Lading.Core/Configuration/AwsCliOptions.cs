namespace Lading.Configuration;

/// <summary>
/// Options for AWS CLI commands in messages, so that a copied command reaches the same account and region whatever the
/// shell's defaults are.
/// </summary>
internal static class AwsCliOptions
{
    /// <summary>
    /// <c> --region eu-central-1 --profile prod</c>, with a leading space; empty if neither is known.
    /// </summary>
    /// <param name="region">The region; null or empty if it is not known.</param>
    /// <param name="profile">The profile for the account; null for the shell's own credentials.</param>
    public static string Of(string? region, string? profile) =>
        $"{(region is { Length: > 0 } ? $" --region {ShellArgument.Of(region)}" : "")}{(profile is null ? "" : $" --profile {ShellArgument.Of(profile)}")}";
}
