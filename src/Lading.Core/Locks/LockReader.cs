using Lading.Configuration.Json;
using Lading.Git;

namespace Lading.Locks;

/// <summary>Parses the bytes of a lock strictly: no duplicate, unknown or missing keys, and valid values only.</summary>
internal static class LockReader
{
    /// <summary>The version that is written. Earlier ones can always be read.</summary>
    public const int Version = 2;

    /// <param name="bytes">The file's content.</param>
    /// <param name="path">The file's name in errors.</param>
    /// <exception cref="LadingException">With the file, the line, the mistake and how to get a valid lock.</exception>
    public static ImageLock Parse(ReadOnlySpan<byte> bytes, string path)
    {
        var document = new LockContent(bytes, path);
        // First, since a lock of another version may contain anything.
        return ReadLock(document, ReadVersion(document));
    }

    /// <summary>How to replace a lock that is unreadable.</summary>
    public static string Remedy(string path) =>
        LockPath.FindEnvironment(path) is { } environment
            ? $"Run 'lading resolve --env {ShellArgument.Of(environment)}' to write it again."
            : $"Run 'lading resolve --env … --lock {ShellArgument.Of(path)}' to write it again.";

    /// <summary>How to get a lock that is missing: most often, nothing was published yet.</summary>
    public static string RemedyForMissing(string path)
    {
        var options = LockPath.FindEnvironment(path) is { } environment
            ? $"--env {ShellArgument.Of(environment)}"
            : $"--env … --lock {ShellArgument.Of(path)}";
        return $"Run 'lading publish {options}', or 'lading resolve' with the same options if the images are published already.";
    }

    private static int ReadVersion(LockContent document)
    {
        var member =
            document
                .MembersOf(document.Root, "the lock")
                .FirstOrDefault(each => string.Equals(each.Key, "lockVersion", StringComparison.Ordinal))
            ?? throw document.Lacks(document.Root, "lockVersion is missing");
        var found = document.Version(member);
        return found <= Version
            ? found
            : throw document.Failure(
                member.Value.Start,
                $"it is of version {found}, written by a newer Lading; this one knows versions up to {Version}",
                "Update Lading (the tool, and the Lading.Cdk package), or write the lock again with this version: lading resolve."
            );
    }

    private static ImageLock ReadLock(LockContent document, int version)
    {
        string? environment = null;
        SortedDictionary<string, LockedImage>? images = null;
        foreach (var member in document.MembersOf(document.Root, "the lock"))
        {
            switch (member.Key)
            {
                case "lockVersion":
                    break;
                case "environment":
                    environment = document.Text(member);
                    break;
                case "images":
                    images = ReadImages(document, member, version);
                    break;
                default:
                    throw document.Wrong(
                        member.Start,
                        $"{member.Key} is unknown here; known are lockVersion, environment and images"
                    );
            }
        }

        return new ImageLock(
            environment ?? throw document.Lacks(document.Root, "environment is missing"),
            images ?? throw document.Lacks(document.Root, "images is missing")
        );
    }

    private static SortedDictionary<string, LockedImage> ReadImages(LockContent document, Member member, int version)
    {
        var images = new SortedDictionary<string, LockedImage>(ByteOrder.Comparer);
        foreach (var image in document.MembersOf(member.Value, "images"))
        {
            images[image.Key] = LockedImageReader.Read(document, image, version);
        }

        return images;
    }
}
