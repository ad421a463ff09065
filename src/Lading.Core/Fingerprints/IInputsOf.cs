using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>How the inputs of one kind of image are read: first it names what it needs, then it reads from what was found.</summary>
internal interface IInputsOf
{
    /// <summary>Paths of files and folders, relative to the folder of <c>lading.json</c>; some may turn out not to be there.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>The trees of which every file is needed.</summary>
    IEnumerable<ObjectId> Trees(IReadOnlyDictionary<string, GitObject?> found);

    /// <summary>Makes the inputs.</summary>
    /// <param name="found">What each name is; null where it is not there.</param>
    /// <param name="trees">Has what <see cref="Trees"/> asked for.</param>
    /// <exception cref="LadingException">Something that is needed is not there, or not understood.</exception>
    ScopedInputs Read(IReadOnlyDictionary<string, GitObject?> found, TreeReader trees);
}
