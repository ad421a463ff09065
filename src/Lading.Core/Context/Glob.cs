namespace Lading.Context;

/// <summary>
/// Matches whole paths against literal characters, <c>?</c>, <c>*</c> and <c>**</c>, in time linear in the path: an equivalent regular
/// expression costs more to create than most contexts take to match.
/// </summary>
internal sealed class Glob
{
    /// <summary>States are bits of a 64-bit word, and one of them is the final state.</summary>
    private const int MaxSteps = 63;
    private readonly int[] steps;

    /// <summary>The literal suffix, which most paths do not have: <c>.log</c> in <c>**/*.log</c>.</summary>
    private readonly string end;

    private Glob(int[] steps)
    {
        this.steps = steps;
        end = string.Concat(steps.Skip(Array.FindLastIndex(steps, step => step < 0) + 1).Select(TextOf));
    }

    /// <summary>Whether a whole path matches.</summary>
    public bool Matches(ReadOnlySpan<char> path)
    {
        if (!path.EndsWith(end))
        {
            return false;
        }

        var states = WithSkipped(1);
        for (var i = 0; i < path.Length && states != 0; i++)
        {
            var isPair = char.IsHighSurrogate(path[i]) && i + 1 < path.Length && char.IsLowSurrogate(path[i + 1]);
            states = After(states, isPair ? char.ConvertToUtf32(path[i], path[++i]) : path[i]);
        }

        return (states >> steps.Length) != 0;
    }

    /// <summary>A lone surrogate is a byte that is not text.</summary>
    private static string TextOf(int character) =>
        character < 0x10000 ? ((char)character).ToString() : char.ConvertFromUtf32(character);

    private ulong After(ulong states, int character)
    {
        var next = 0UL;
        for (var i = 0; i < steps.Length; i++)
        {
            var state = 1UL << i;
            if ((states & state) == 0)
            {
                continue;
            }

            next |= steps[i] switch
            {
                Step.AnyOne => character == '/' ? 0 : state << 1,
                Step.AnyInFolder => character == '/' ? 0 : state,
                Step.Anything => character == '\n' ? 0 : state,
                Step.MaybeFolders => character switch
                {
                    '\n' => 0,
                    '/' => (state << 1) | (state << 2),
                    _ => state << 1,
                },
                Step.Folders => character switch
                {
                    '\n' => 0,
                    '/' => state | (state << 1),
                    _ => state,
                },
                var literal => literal == character ? state << 1 : 0,
            };
        }

        return WithSkipped(next);
    }

    /// <summary>Adds the states that are reachable without input.</summary>
    private ulong WithSkipped(ulong states)
    {
        for (var i = 0; i < steps.Length; i++)
        {
            if ((states >> i & 1) != 0)
            {
                states |= steps[i] switch
                {
                    Step.AnyInFolder or Step.Anything => 2UL << i,
                    Step.MaybeFolders => 4UL << i,
                    _ => 0,
                };
            }
        }

        return states;
    }

    /// <summary>What a step matches: one character, or one of these. As in regular expressions, a dot does not match a line break.</summary>
    private static class Step
    {
        /// <summary><c>[^/]</c></summary>
        public const int AnyOne = -1;

        /// <summary><c>[^/]*</c></summary>
        public const int AnyInFolder = -2;

        /// <summary><c>.*</c></summary>
        public const int Anything = -3;

        /// <summary><c>(?:.*/)?</c>, before its first character; <see cref="Folders"/> follows.</summary>
        public const int MaybeFolders = -4;

        /// <summary>Within <see cref="MaybeFolders"/>: a slash may end it.</summary>
        public const int Folders = -5;
    }

    /// <summary>Builds a pattern.</summary>
    public sealed class Builder
    {
        private readonly List<int> steps = [];
        private bool isPlain = true;

        public void Literal(char character)
        {
            if (char.IsLowSurrogate(character) && steps.Count > 0 && steps[^1] is >= 0xD800 and < 0xDC00)
            {
                steps[^1] = char.ConvertToUtf32((char)steps[^1], character);
            }
            else
            {
                steps.Add(character);
            }
        }

        public void AnyOne() => steps.Add(Step.AnyOne);

        public void AnyInFolder() => steps.Add(Step.AnyInFolder);

        public void Anything() => steps.Add(Step.Anything);

        public void MaybeFolders()
        {
            steps.Add(Step.MaybeFolders);
            steps.Add(Step.Folders);
        }

        /// <summary>Records that only a regular expression can match the pattern.</summary>
        public void GiveUp() => isPlain = false;

        /// <summary>The pattern; null if it needs a regular expression.</summary>
        public Glob? Build() => isPlain && steps.Count <= MaxSteps ? new Glob([.. steps]) : null;
    }
}
