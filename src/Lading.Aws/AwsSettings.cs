namespace Lading.Aws;

/// <summary>Which account is spoken to, and how.</summary>
/// <param name="Environment">The name of the environment in <c>lading.json</c>, for errors.</param>
/// <param name="Account">The account that must answer.</param>
/// <param name="Region">The region.</param>
/// <param name="Profile">The profile to use; null for the default credentials.</param>
internal sealed record AwsSettings(string Environment, string Account, string Region, string? Profile);
