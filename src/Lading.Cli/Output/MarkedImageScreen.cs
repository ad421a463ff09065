using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>
/// Reports images that are marked for deletion, and that a lock or a deployment is about to reference.
/// </summary>
internal static class MarkedImageScreen
{
    /// <summary>Writes a note about each image that is kept, and a warning about each other.</summary>
    /// <param name="terminal">The output.</param>
    /// <param name="images">The images.</param>
    /// <param name="warningOf">Returns the warning about an image that is not kept; the second argument is the day on
    /// which it was marked.</param>
    public static void Show(
        Terminal terminal,
        IEnumerable<MarkedImage> images,
        Func<MarkedImage, string, string> warningOf
    )
    {
        foreach (var image in images)
        {
            var since = UtcText.Day(image.Since);
            if (image.IsKept)
            {
                terminal.Note($"{image.Name} was marked for deletion on {since}, and is kept");
            }
            else
            {
                terminal.Warn(warningOf(image, since));
            }
        }
    }
}
