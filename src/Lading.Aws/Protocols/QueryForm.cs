using System.Globalization;
using System.Text;

namespace Lading.Aws.Protocols;

/// <summary>The parameters of an operation of the query protocol: lists are numbered from 1 (<c>Capabilities.member.1</c>).</summary>
internal sealed class QueryForm
{
    private readonly StringBuilder text = new();

    /// <summary>Adds a parameter, unless the value is null.</summary>
    public QueryForm Add(string name, string? value)
    {
        if (value is not null)
        {
            text.Append(text.Length > 0 ? "&" : "")
                .Append(Uri.EscapeDataString(name))
                .Append('=')
                .Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    /// <summary>Adds a list.</summary>
    public QueryForm AddAll(string name, IEnumerable<string> values)
    {
        var number = 0;
        foreach (var value in values)
        {
            Add($"{name}.member.{(++number).ToString(CultureInfo.InvariantCulture)}", value);
        }

        return this;
    }

    /// <summary>The form as it is sent.</summary>
    public override string ToString() => text.ToString();
}
