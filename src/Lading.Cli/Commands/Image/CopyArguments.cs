using Lading.Oci;
using Lading.Shipping;

namespace Lading.Cli.Commands.Image;

/// <summary>What a command line asks to have copied.</summary>
/// <param name="Source">From where.</param>
/// <param name="Target">To where.</param>
/// <param name="Platform">The platform to pick; null for all there are.</param>
/// <param name="WithReferrers">Whether what refers to the image goes with it.</param>
/// <param name="Rule">What to do if the tag points to another digest.</param>
internal sealed record CopyArguments(
    ImageLocation Source,
    ImageLocation Target,
    Platform? Platform,
    bool WithReferrers,
    TagRule Rule
)
{
    /// <summary>The tag at the target: the one that is named there, else the source's; none if a digest alone is named.</summary>
    public Tag? TagOf(Tag? source) => Target.Tag ?? (Target.Digest is null ? source : null);

    /// <exception cref="LadingException">The target names another digest than the source has.</exception>
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
