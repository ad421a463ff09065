using Lading.Oci;

namespace Lading.Assembly;

/// <summary>A layer that was written.</summary>
/// <param name="DiffId">The digest of its tar (image-spec 1.1, "Layer DiffID").</param>
/// <param name="Descriptor">Of its compressed bytes.</param>
internal sealed record WrittenLayer(Digest DiffId, Descriptor Descriptor);
