using System.Text.Json;
using Lading.Configuration.Json;

namespace Lading.Configuration;

/// <summary>Reads <c>stacks</c> of an environment.</summary>
internal static class StackPatternReader
{
    public static IReadOnlyList<StackPattern> ReadAll(Field field)
    {
        if (field.Node is { Kind: JsonValueKind.Array, Items.Count: 0 })
        {
            field.Reject(
                "is empty",
                "Name the environment's stacks, such as \"Shop-dev\" and \"Shop-dev-*\", or remove stacks: it then has every stack in its account and region."
            );
        }

        return [.. field.DistinctTexts(Read).Select(text => new StackPattern(text))];
    }

    private static string Read(Field field) =>
        field.Text(
            text => !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)),
            "the name of a stack as 'cdk ls' shows it, with * and ? as wildcards"
        );
}
