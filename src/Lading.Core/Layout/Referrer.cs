using Lading.Oci;

namespace Lading.Layout;

/// <summary>How a manifest is listed among the referrers of its subject (distribution-spec 1.1, "Listing Referrers").</summary>
internal static class Referrer
{
    public static Descriptor Of(ManifestContent manifest) =>
        manifest.Descriptor with
        {
            ArtifactType = manifest.Document.ArtifactType ?? manifest.Document.Config?.MediaType,
            Annotations = manifest.Document.Annotations,
        };
}
