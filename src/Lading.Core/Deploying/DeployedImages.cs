using Lading.Checking;
using Lading.Shipping;

namespace Lading.Deploying;

/// <summary>The images of a deployment.</summary>
/// <param name="Published">The images that were published or already existed; empty on a dry run.</param>
/// <param name="Missing">The images that a dry run would publish.</param>
internal sealed record DeployedImages(IReadOnlyList<PublishedImage> Published, IReadOnlyList<PlannedImage> Missing)
{
    /// <summary>A report without the images that are missing only because nothing was published.</summary>
    public CheckReport WithoutMissing(CheckReport report)
    {
        var digests = Missing.Select(image => image.Digest ?? LockPreview.Placeholder).ToHashSet();
        return digests.Count == 0
            ? report
            : report with
            {
                Results =
                [
                    .. report.Results.Where(result =>
                        result.Image.Address?.Digest is not { } digest || !digests.Contains(digest)
                    ),
                ],
            };
    }
}
