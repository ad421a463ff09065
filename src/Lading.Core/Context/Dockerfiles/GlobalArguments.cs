using Lading.Oci;

namespace Lading.Context.Dockerfiles;

/// <summary>The values of variables in <c>FROM</c>: of <c>ARG</c> before the first stage, and of the platform.</summary>
internal static class GlobalArguments
{
    /// <summary>The build platform depends on the machine, which must not affect an image's identity.</summary>
    private static readonly string[] BuildPlatformArguments = ["BUILDPLATFORM", "BUILDOS", "BUILDARCH", "BUILDVARIANT"];

    /// <param name="dockerfile">The Dockerfile.</param>
    /// <param name="target">The value of <c>--target</c>; null for the last stage.</param>
    /// <param name="args">The values of <c>--build-arg</c>.</param>
    /// <param name="platform">The platform to build.</param>
    /// <exception cref="FormatException">A default has a quote or a brace that does not end.</exception>
    public static IReadOnlyDictionary<string, Substitution> Of(
        Dockerfile dockerfile,
        string? target,
        IReadOnlyDictionary<string, string> args,
        Platform platform
    )
    {
        var values = BuildPlatformArguments.ToDictionary(
            name => name,
            _ => Substitution.Unknown,
            StringComparer.Ordinal
        );
        foreach (var (name, value) in PlatformArguments.Of(platform))
        {
            values[name] = new(value);
        }

        values["TARGETSTAGE"] = new(target ?? "default");
        foreach (var name in values.Keys.Where(args.ContainsKey).ToList())
        {
            values[name] = new(args[name]);
        }

        foreach (var word in dockerfile.Arguments.SelectMany(arg => ShellWords.Split(arg.Arguments, dockerfile.Escape)))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? word : word[..equals];
            if (args.TryGetValue(name, out var given))
            {
                values[name] = new(given);
            }
            else if (equals >= 0)
            {
                values[name] = Substitution.Apply(
                    word[(equals + 1)..],
                    dockerfile.Escape,
                    variable => values.GetValueOrDefault(variable, Substitution.Unset)
                );
            }
        }

        return values;
    }
}
