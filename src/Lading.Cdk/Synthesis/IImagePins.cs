namespace Lading.Cdk.Synthesis;

/// <summary>Says what an image is pinned to.</summary>
internal interface IImagePins
{
    /// <summary>The pin of an image.</summary>
    /// <param name="name">What <c>lading.json</c> calls it.</param>
    /// <param name="demand">What it must be.</param>
    /// <exception cref="LadingException">There is none, or the image does not run where it should.</exception>
    PinnedImage Get(string name, ImageDemand demand);
}
