using System.Reflection;
using Lading.Configuration;
using Lading.Git;

namespace Lading.Fingerprints.Remembered;

/// <summary>
/// A hash of everything that the identity of an image depends on: the program, the image's definition, the pins of its bases, and what
/// git has, or does not have, at each requested path. The content below those paths follows from the ids of their objects.
/// </summary>
/// <param name="Hex">64 lower-case hex digits.</param>
internal readonly record struct IdentityTrace(string Hex)
{
    /// <summary>Another build of Lading may read inputs differently.</summary>
    private static readonly string Build =
        typeof(IdentityTrace).Module.ModuleVersionId
        + " "
        + typeof(IdentityTrace)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion;

    /// <summary>The trace of an image.</summary>
    /// <param name="definition">The image.</param>
    /// <param name="pins">All pins: the Dockerfile decides which of them count.</param>
    /// <param name="project">The project's folder.</param>
    /// <param name="found">What git has at every path of the image, in an order that its definition determines.</param>
    public static IdentityTrace Of(
        ImageDefinition definition,
        BasePins pins,
        RepositoryPath project,
        IReadOnlyCollection<TreePath> found
    )
    {
        using var hash = new CanonicalHash();
        hash.Text("lading remembered identity 1");
        hash.Text(Build);
        hash.Number(FingerprintVersion.Latest);
        hash.Text(project.Prefix);
        AddDefinition(hash, definition);
        // In full, including the variables of their images.
        hash.Bytes(BasePinsWriter.Format(pins));
        hash.Number(found.Count);
        foreach (var path in found)
        {
            Add(hash, path);
        }

        return new IdentityTrace(hash.Finish().Hex);
    }

    private static void AddDefinition(CanonicalHash hash, ImageDefinition definition)
    {
        hash.Text(DefinitionMeaning.Of(definition));
        // Arguments that do not count by themselves may still be part of a copied path.
        var args = definition is BuiltImage built ? built.Args : new Dictionary<string, string>(StringComparer.Ordinal);
        hash.Number(args.Count);
        foreach (var (name, value) in args.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.Text(name);
            hash.Text(value);
        }
    }

    private static void Add(CanonicalHash hash, TreePath path)
    {
        hash.Text(path.Asked);
        hash.Text(path.Path);
        hash.Number((int)path.Mode);
        hash.Number(path.Mode == EntryMode.None ? 0 : 1);
        if (path.Mode != EntryMode.None)
        {
            hash.Id(path.Id);
        }

        hash.Text(path.Fault ?? "");
        hash.Number(path.Links.Count);
        foreach (var link in path.Links)
        {
            hash.Text(link.Path);
            hash.Id(link.Id);
            hash.Text(link.Target);
        }
    }
}
