namespace Lading.Retention.Evidence;

/// <summary>A registry whose images come from another one, each in a repository of the same name.</summary>
/// <param name="OriginHost">The registry they were published to, in its canonical form.</param>
/// <param name="TargetHost">The registry they are promoted to, in its canonical form.</param>
/// <param name="Target">The environment they are promoted to.</param>
internal sealed record PromotionPath(string OriginHost, string TargetHost, string Target);
