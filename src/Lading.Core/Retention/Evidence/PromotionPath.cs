namespace Lading.Retention.Evidence;

/// <summary>A registry that gets its images from another one, each in the repository of the same name.</summary>
/// <param name="OriginHost">Where they were published first, in its usual form.</param>
/// <param name="TargetHost">Where they are promoted to, in its usual form.</param>
/// <param name="Target">The environment that they are promoted to.</param>
internal sealed record PromotionPath(string OriginHost, string TargetHost, string Target);
