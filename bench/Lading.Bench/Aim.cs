using System.Globalization;

namespace Lading.Bench;

/// <summary>The aim of a figure, and whether it is met.</summary>
internal static class Aim
{
    /// <summary>A figure that should be small: <c>1.90 (aim: at most 2, **met**)</c>.</summary>
    public static string AtMost(double figure, double aim) => Text(figure, aim, "at most", figure <= aim);

    /// <summary>A figure that should be large.</summary>
    public static string AtLeast(double figure, double aim) => Text(figure, aim, "at least", figure >= aim);

    private static string Text(double figure, double aim, string how, bool isMet) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{figure:0.00} (aim: {how} {aim}, **{(isMet ? "met" : "missed")}**)"
        );
}
