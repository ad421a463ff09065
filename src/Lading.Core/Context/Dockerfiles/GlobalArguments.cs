using Lading.Oci;

namespace Lading.Context.Dockerfiles;

/// <summary>What variables in <c>FROM</c> stand for: <c>ARG</c> before the first stage, and the platform's.</summary>
internal static class GlobalArguments
{
    /// <summary>The platform that builds is that of the machine, which an image's identity never depends on.</summary>
    private static readonly string[] OfTheMachine = ["BUILDPLATFORM", "BUILDOS", "BUILDARCH", "BUILDVARIANT"];

    /// <param name="dockerfile">The Dockerfile.</param>
    /// <param name="target">What <c>--target</c> says; null for the last stage.</param>
    /// <param name="args">What <c>--build-arg</c> says.</param>
    /// <param name="platform">The platform that is built.</param>
    /// <exception cref="FormatException">A default has a quote or a brace that does not end.</exception>
    public static IReadOnlyDictionary<string, Substitution> Of(
        Dockerfile dockerfile,
        string? target,
        IReadOnlyDictionary<string, string> args,
        Platform platform
    )
    {
        var values = OfTheMachine.ToDictionary(name => name, _ => Substitution.Unknown, StringComparer.Ordinal);
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
