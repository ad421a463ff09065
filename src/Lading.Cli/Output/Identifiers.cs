using Lading.Oci;

namespace Lading.Cli.Output;

/// <summary>Shortens digests and tags for tables and messages.</summary>
internal static class Identifiers
{
    public static string Short(Digest digest) => $"{digest.Algorithm.Name()}:{digest.Short}…";

    public static string Short(Tag tag) => tag.Name.Length <= 20 ? tag.Name : tag.Name[..12] + "…";
}
