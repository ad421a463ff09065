using Lading.Oci;
using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>A container, a function or a job that gets another image.</summary>
/// <param name="Container">What runs it.</param>
/// <param name="Use">As records have it: <c>&lt;logical id&gt;/&lt;container&gt;</c>.</param>
/// <param name="Image">The image's name in the record; the container's where there is no record.</param>
/// <param name="From">What the template names now.</param>
/// <param name="Now">What that is by digest; null if its tag could not be looked up.</param>
/// <param name="To">What it is to run, of the same repository.</param>
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

/// <summary>A container that keeps its image, or that cannot be given another.</summary>
/// <param name="Use"><c>&lt;logical id&gt;/&lt;container&gt;</c>.</param>
/// <param name="Reason">Why, as part of a sentence.</param>
internal sealed record ContainerNote(string Use, string Reason);
