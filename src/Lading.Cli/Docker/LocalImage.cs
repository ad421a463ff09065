using Lading.Layout;
using Lading.Oci;

namespace Lading.Cli.Docker;

/// <summary>An image on this machine.</summary>
/// <param name="Folder">Its folder, absolute.</param>
/// <param name="Digest">Of its manifest or index.</param>
internal sealed record LocalImage(string Folder, Digest Digest)
{
    public ImageLayout Layout => LocalImages.LayoutIn(Folder);
}
