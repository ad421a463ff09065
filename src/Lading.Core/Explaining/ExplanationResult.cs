namespace Lading.Explaining;

/// <summary>The inputs of an image, and how they differ from another point if one was named.</summary>
/// <param name="Image">The image at the requested point.</param>
internal sealed record ExplanationResult(ExplainedImage Image)
{
    /// <summary>Null if it is compared with nothing.</summary>
    public ImageComparison? Comparison { get; init; }

    /// <summary>Submodules with uncommitted changes inside, which are not inputs.</summary>
    public IEnumerable<string> OpenSubmodules =>
        Image.OpenSubmodules.Concat(Comparison?.Before.OpenSubmodules ?? []).Distinct(StringComparer.Ordinal);
}

/// <summary>The image before, the differences, and the commits behind them.</summary>
internal sealed record ImageComparison(ExplainedImage Before, ImageDifference Difference, DifferenceHistory History);
