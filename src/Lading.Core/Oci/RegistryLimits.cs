namespace Lading.Oci;

/// <summary>What a kind of registry bounds.</summary>
/// <param name="Kind">What people call it: <c>ECR</c>.</param>
/// <param name="TagsOfAnImage">As many tags as may be on one image.</param>
internal sealed record RegistryLimits(string Kind, int TagsOfAnImage);
