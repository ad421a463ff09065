using Lading.Oci;

namespace Lading.Configuration;

/// <summary>One entry of <c>lading.bases.json</c>.</summary>
/// <param name="Digest">What the reference stood on when it was pinned: an index where the image has several platforms.</param>
/// <param name="OnBuild">Whether the image's configuration holds <c>ONBUILD</c> instructions; null where that is not known.</param>
internal sealed record BasePin(Digest Digest, bool? OnBuild);
