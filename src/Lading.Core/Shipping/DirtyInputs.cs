using System.Text;
using Lading.Fingerprints;

namespace Lading.Shipping;

/// <summary>The refusal to publish uncommitted changes, with the files.</summary>
internal static class DirtyInputs
{
    /// <summary>The maximum number of files that are listed for an image.</summary>
    private const int MaximumFiles = 10;

    /// <summary>The images with uncommitted inputs.</summary>
    public static IReadOnlyList<string> ImagesOf(ProjectSnapshot sources) =>
        [.. sources.Images.Where(image => image.Changes.Count > 0).Select(image => image.Name)];

    /// <summary>The refusal; null if every image matches its commit.</summary>
    /// <param name="sources">The images.</param>
    /// <param name="mayBeDirty">Whether the verb has <c>--dirty</c>.</param>
    public static LadingException? Refusal(ProjectSnapshot sources, bool mayBeDirty)
    {
        var dirty = sources.Images.Where(image => image.Changes.Count > 0).ToList();
        if (dirty.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var image in dirty)
        {
            var count = image.Changes.Count;
            text.Append('\n')
                .Append($"  {image.Name}: {count} of its inputs {(count == 1 ? "differs" : "differ")} from HEAD");
            foreach (var change in image.Changes.Take(MaximumFiles))
            {
                text.Append('\n').Append($"      {change.Kind} {ControlCharacters.ShownInLine(change.What)}");
            }

            if (count > MaximumFiles)
            {
                text.Append('\n').Append($"      … and {count - MaximumFiles} more");
            }
        }

        var remedy = mayBeDirty
            ? "\n  Commit them, or publish them as they are with --dirty."
            : "\n  Commit and publish them, or promote what was committed with --rev HEAD.";
        if (sources.ChangesElsewhere > 0)
        {
            var others = sources.ChangesElsewhere;
            remedy +=
                $"\n  ({others} other {(others == 1 ? "change" : "changes")} in the repository {(others == 1 ? "touches" : "touch")} no image.)";
        }

        return new LadingException(
            mayBeDirty ? "Could not publish" : "Could not promote",
            $"inputs are not committed{text}",
            remedy
        );
    }
}
