using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>Images that were marked for deletion and are about to be named.</summary>
internal static class MarkedImageScreen
{
    /// <summary>Notes those that are kept, and warns of the others.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="images">The images.</param>
    /// <param name="warningOf">What to say of one that is not kept.</param>
    public static void Show(
        Terminal terminal,
        IEnumerable<MarkedImage> images,
        Func<MarkedImage, FormattableString> warningOf
    )
    {
        foreach (var image in images)
        {
            if (image.IsKept)
            {
                terminal.Note(
                    FormattableString.Invariant(
                        $"{image.Name} was marked for deletion on {image.Since:yyyy-MM-dd}, and is kept"
                    )
                );
            }
            else
            {
                terminal.Warn(FormattableString.Invariant(warningOf(image)));
            }
        }
    }
}
