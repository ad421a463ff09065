using Lading.Oci;

namespace Lading.Assembly;

/// <summary>The manifest of one platform.</summary>
internal sealed record PlatformManifest(Platform Platform, ManifestContent Manifest);
