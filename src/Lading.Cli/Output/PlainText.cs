using System.Text;

namespace Lading.Cli.Output;

/// <summary>Markup without its styles: <c>[red]no[/]</c> is <c>no</c>, <c>[[x]]</c> is <c>[x]</c>.</summary>
internal static class PlainText
{
    public static string Of(string markup)
    {
        if (!markup.AsSpan().ContainsAny('[', ']'))
        {
            return markup;
        }

        var text = new StringBuilder(markup.Length);
        for (var i = 0; i < markup.Length; i++)
        {
            var c = markup[i];
            var isDoubled = i + 1 < markup.Length && markup[i + 1] == c;
            if (c is '[' or ']' && isDoubled)
            {
                text.Append(c);
                i++;
            }
            else if (c == '[' && markup.IndexOf(']', i) is >= 0 and var end)
            {
                i = end;
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }
}
