using Lading.Oci;
using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>A container, function or job whose image is replaced.</summary>
/// <param name="Container">The container.</param>
/// <param name="Use">The key in the record: <c>&lt;logical id&gt;/&lt;container&gt;</c>.</param>
/// <param name="Image">The image's name in the record; the container's if there is no record.</param>
/// <param name="From">The reference in the current template.</param>
/// <param name="Now">The digest of that reference; null if its tag could not be resolved.</param>
/// <param name="To">The new image, in the same repository.</param>
internal sealed record ImageSwap(
    NamedContainer Container,
    string Use,
    string Image,
    ImageReference From,
    Digest? Now,
    Digest To
)
{
    /// <summary>Host and repository.</summary>
    public string Repository => $"{From.Host}/{From.Repository}";
}

/// <summary>A container that keeps its image, or whose image cannot be replaced.</summary>
/// <param name="Use"><c>&lt;logical id&gt;/&lt;container&gt;</c>.</param>
/// <param name="Reason">Why, as part of a sentence.</param>
internal sealed record ContainerNote(string Use, string Reason);
