using Lading.Oci;

namespace Lading.Assembly;

/// <summary>The image of one platform.</summary>
internal sealed record PlatformManifest(Platform Platform, ManifestContent Manifest);
