using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>How the inputs of one kind of image are read: first it names what it needs, then it reads from what was found.</summary>
internal interface IInputsOf
{
    /// <summary>Paths of files and folders, relative to the folder of <c>lading.json</c>; some may turn out not to be there.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>The trees of which every file is needed.</summary>
    IEnumerable<ObjectId> Trees(IReadOnlyDictionary<string, GitObject?> found);

    /// <summary>The symbolic links whose targets must be known as well; asked again until all are.</summary>
    /// <exception cref="LadingException">A Dockerfile is not understood, or a link leads out of its context.</exception>
    IEnumerable<ObjectId> Links(
        IReadOnlyDictionary<string, GitObject?> found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    );

    /// <summary>Makes the inputs.</summary>
    /// <param name="found">What each name is; null where it is not there.</param>
    /// <param name="trees">Has what <see cref="Trees"/> asked for.</param>
    /// <param name="targets">What the links that <see cref="Links"/> asked for point to.</param>
    /// <exception cref="LadingException">Something that is needed is not there, or not understood.</exception>
    ScopedInputs Read(
        IReadOnlyDictionary<string, GitObject?> found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    );
}
