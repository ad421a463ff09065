using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Lading.Cli.Output.Page;

/// <summary>An interpolated string that becomes markup: inserted text cannot end a tag, an attribute or a writing direction.</summary>
/// <param name="literalLength">The number of characters in the literals.</param>
/// <param name="formattedCount">The number of interpolation holes.</param>
[InterpolatedStringHandler]
internal readonly ref struct HtmlInterpolation(int literalLength, int formattedCount)
{
    private readonly StringBuilder text = new(literalLength + (formattedCount * 16));

    public void AppendLiteral(string value) => text.Append(value);

    public void AppendFormatted(string? value) =>
        text.Append(HtmlEncoder.Default.Encode(ControlCharacters.ShownInLine(value ?? "")));

    public void AppendFormatted(int value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Html value) => text.Append(value.ToString());

    public void AppendFormatted(IEnumerable<Html> values)
    {
        foreach (var value in values)
        {
            text.Append(value.ToString());
        }
    }

    public override string ToString() => text.ToString();
}
