namespace Lading.Configuration;

/// <summary>What commands of the AWS CLI end with, so that a copied one reaches the same account and region, whatever the shell's own are.</summary>
internal static class AwsCliOptions
{
    /// <summary><c> --region eu-central-1 --profile prod</c>, with the space before it; empty if neither is known.</summary>
    /// <param name="region">The region; null or empty if it is not known.</param>
    /// <param name="profile">The profile that reaches the account; null for the shell's own credentials.</param>
    public static string Of(string? region, string? profile) =>
        $"{(region is { Length: > 0 } ? $" --region {ShellArgument.Of(region)}" : "")}{(profile is null ? "" : $" --profile {ShellArgument.Of(profile)}")}";
}
