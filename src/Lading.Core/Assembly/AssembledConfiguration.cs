using Lading.Configuration;
using Lading.Oci;

namespace Lading.Assembly;

/// <summary>The configuration of an assembled image: the base's, with the settings of the definition.</summary>
internal static class AssembledConfiguration
{
    /// <summary>Always the same time, so that equal files give equal images whenever they are assembled.</summary>
    private const string Created = "1970-01-01T00:00:00Z";

    /// <summary>Composes the configuration.</summary>
    /// <param name="image">The definition.</param>
    /// <param name="platform">The platform it runs on.</param>
    /// <param name="baseLayers">The configuration and layers of the base.</param>
    /// <param name="layers">The added layers, one for each <c>copy</c> entry.</param>
    public static ImageConfiguration Of(
        AssembledImage image,
        Platform platform,
        BaseLayers baseLayers,
        IReadOnlyList<WrittenLayer> layers
    )
    {
        var inherited = baseLayers.Configuration;
        return new ImageConfiguration
        {
            Architecture = platform.Architecture,
            Os = platform.Os,
            Variant = platform.Variant,
            Created = Created,
            Config = ContainerOf(image, inherited.Config ?? new ContainerConfiguration()),
            RootFileSystem = new RootFileSystem
            {
                DiffIds =
                [
                    .. inherited.RootFileSystem?.DiffIds ?? [],
                    .. layers.Select(layer => layer.DiffId.ToString()),
                ],
            },
            History =
            [
                .. inherited.History ?? [],
                .. image.Copy.Select(entry => new HistoryEntry
                {
                    Created = Created,
                    CreatedBy = $"lading copy {entry.From} {entry.To}",
                }),
            ],
        };
    }

    private static ContainerConfiguration ContainerOf(AssembledImage image, ContainerConfiguration inherited) =>
        inherited with
        {
            User = image.User ?? inherited.User,
            WorkingDir = image.WorkingDirectory ?? inherited.WorkingDir,
            Env = Env(image.Env, inherited.Env ?? []),
            Entrypoint = image.Entrypoint ?? inherited.Entrypoint,
            // As in Docker, a new entry point drops the previous one's arguments.
            Cmd = image.Command ?? (image.Entrypoint is null ? inherited.Cmd : null),
            ExposedPorts = Ports(image.Ports, inherited.ExposedPorts),
            Labels = Labels(image.Labels, inherited.Labels),
            OnBuild = null,
        };

    private static IReadOnlyList<string>? Env(IReadOnlyDictionary<string, string> set, IReadOnlyList<string> inherited)
    {
        var replaced = set.Keys.ToHashSet(StringComparer.Ordinal);
        string[] env =
        [
            .. inherited.Where(entry => !replaced.Contains(entry.Split('=', 2)[0])),
            .. set.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"),
        ];
        return env.Length == 0 ? null : env;
    }

    private static IReadOnlyDictionary<string, EmptyObject>? Ports(
        IReadOnlyList<string> set,
        IReadOnlyDictionary<string, EmptyObject>? inherited
    )
    {
        var ports = new SortedDictionary<string, EmptyObject>(StringComparer.Ordinal);
        foreach (var port in set.Concat(inherited?.Keys ?? []))
        {
            ports[port.Contains('/', StringComparison.Ordinal) ? port : port + "/tcp"] = new EmptyObject();
        }

        return ports.Count == 0 ? null : ports;
    }

    private static IReadOnlyDictionary<string, string>? Labels(
        IReadOnlyDictionary<string, string> set,
        IReadOnlyDictionary<string, string>? inherited
    )
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in (inherited ?? new Dictionary<string, string>(StringComparer.Ordinal)).Concat(set))
        {
            labels[key] = value;
        }

        return labels.Count == 0 ? null : labels;
    }
}
