namespace Lading.Explaining;

/// <summary>What an image was made from, and in what that differs from another point where one was named.</summary>
/// <param name="Image">The image at the point that was asked for.</param>
internal sealed record ExplanationResult(ExplainedImage Image)
{
    /// <summary>Null if it is compared with nothing.</summary>
    public ImageComparison? Comparison { get; init; }

    /// <summary>Submodules with uncommitted changes of their own, which do not count.</summary>
    public IEnumerable<string> OpenSubmodules =>
        Image.OpenSubmodules.Concat(Comparison?.Before.OpenSubmodules ?? []).Distinct(StringComparer.Ordinal);
}

/// <summary>What an image was before, in what it differs, and the commits behind that.</summary>
internal sealed record ImageComparison(ExplainedImage Before, ImageDifference Difference, DifferenceHistory History);
