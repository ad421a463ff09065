using Lading.Oci;
using Lading.Shipping;

namespace Lading.Cli.Commands.Image;

/// <summary>The arguments of a copy.</summary>
/// <param name="Source">From where.</param>
/// <param name="Target">To where.</param>
/// <param name="Platform">The platform to select; null for all.</param>
/// <param name="WithReferrers">Whether to copy the image's referrers.</param>
/// <param name="Rule">What to do if the tag points to another digest.</param>
internal sealed record CopyArguments(
    ImageLocation Source,
    ImageLocation Target,
    Platform? Platform,
    bool WithReferrers,
    TagRule Rule
)
{
    /// <summary>The tag at the target: the one given there, otherwise the source's; null if only a digest is given.</summary>
    public Tag? TagOf(Tag? source) => Target.Tag ?? (Target.Digest is null ? source : null);

    /// <exception cref="LadingException">The target has another digest than the source.</exception>
    public void RequireDigest(Digest actual)
    {
        if (Target.Digest is { } named && named != actual)
        {
            throw LadingException.Usage(
                $"Could not copy {Source} to {Target}",
                $"the image is {actual}",
                "Remove the digest from the target; the image determines it."
            );
        }
    }
}
