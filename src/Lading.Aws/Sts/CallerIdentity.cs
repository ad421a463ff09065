namespace Lading.Aws.Sts;

/// <summary>Who the credentials are.</summary>
/// <param name="Account">12 digits.</param>
/// <param name="Arn">The user or role.</param>
internal sealed record CallerIdentity(string Account, string Arn);
