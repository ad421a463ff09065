using Lading.Oci;

namespace Lading.Shipping;

/// <summary>The outcome of copying an image.</summary>
/// <param name="Manifest">Its manifest or index.</param>
/// <param name="BytesSent">Bytes of blobs that were sent.</param>
/// <param name="BytesThere">Bytes of blobs that the target already had, or mounted.</param>
/// <param name="IsThere">True if the target already had the whole image.</param>
/// <param name="IsSettled">True if its tag pointed to it as well: nothing was written.</param>
/// <param name="Standing">The digest that the tag points to; the manifest's own, unless another client was first.</param>
internal sealed record CopyResult(
    ManifestContent Manifest,
    long BytesSent,
    long BytesThere,
    bool IsThere,
    bool IsSettled,
    Digest Standing
);
