using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>Images that were marked for deletion and are about to be named.</summary>
internal static class MarkedImageScreen
{
    /// <summary>Notes those that are kept, and warns of the others.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="images">The images.</param>
    /// <param name="warningOf">What to say of one that is not kept, and the day since when.</param>
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
