using Lading.Configuration;
using Lading.Context.Dockerfiles;
using Lading.Git;

namespace Lading.Bases;

/// <summary>All bases of a project's images, as of the working tree.</summary>
/// <param name="Uses">In byte order of the references.</param>
/// <param name="Pins">The contents of <c>lading.bases.json</c>.</param>
internal sealed record ProjectBases(IReadOnlyList<BaseDependency> Uses, BasePins Pins)
{
    /// <summary>Pins that no image needs.</summary>
    public IReadOnlyList<string> Unused =>
        [.. Pins.Pins.Keys.Where(reference => !Uses.Any(use => use.Reference == reference)).Order(ByteOrder.Comparer)];

    /// <summary>Reads the Dockerfiles of a project.</summary>
    /// <param name="folder">The folder of <c>lading.json</c>.</param>
    /// <param name="configuration">Its configuration. The hold of an image is ignored.</param>
    /// <param name="pins">The pins.</param>
    /// <exception cref="LadingException">A Dockerfile does not exist or cannot be parsed.</exception>
    public static ProjectBases Read(string folder, LadingConfiguration configuration, BasePins pins)
    {
        var uses =
            from image in configuration.Images.Values
            from reference in ReferencesOf(folder, image)
            group image by reference;
        return new ProjectBases(
            [
                .. uses.Select(use => new BaseDependency(
                        use.Key,
                        [.. use.Select(image => image.Name).Order(ByteOrder.Comparer)],
                        [
                            .. use.Where(image => image is not MirroredImage)
                                .SelectMany(image => image.Platforms)
                                .Distinct(),
                        ],
                        pins.Find(use.Key)
                    ))
                    .OrderBy(use => use.Reference, ByteOrder.Comparer),
            ],
            pins
        );
    }

    private static IEnumerable<string> ReferencesOf(string folder, ImageDefinition image) =>
        image switch
        {
            MirroredImage mirrored => [mirrored.From],
            AssembledImage assembled => assembled.Base == "scratch" ? [] : [assembled.Base],
            BuiltImage built => OfDockerfile(folder, built),
            _ => throw new NotSupportedException(image.GetType().Name),
        };

    private static IReadOnlyList<string> OfDockerfile(string folder, BuiltImage image)
    {
        var path = Path.GetFullPath(image.Dockerfile, folder);
        if (!LinkedFile.Exists(path, image.Dockerfile))
        {
            throw LadingException.Usage(
                $"Could not read the inputs of image {image.Name}",
                $"its Dockerfile {image.Dockerfile} is not there",
                "Correct the path in lading.json (it is relative to the folder of lading.json)."
            );
        }

        try
        {
            return BaseImages.ReachedBy(
                DockerfileReader.Parse(File.ReadAllBytes(path)),
                image.Target,
                image.Args,
                image.Platforms,
                image.Contexts
            );
        }
        catch (FormatException e)
        {
            throw LadingException.Usage(
                $"Could not read {image.Dockerfile} for image {image.Name}",
                e.Message.TrimEnd('.')
            );
        }
    }
}
