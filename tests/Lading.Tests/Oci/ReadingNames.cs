using System.Text.RegularExpressions;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Tests.Oci;

/// <summary>
/// Names are parsed without regular expressions, because they are parsed at every start; they accept exactly what the
/// regular expressions of the specifications accept.
/// </summary>
public sealed class ReadingNames
{
    private const int Seed = 1121;

    [Fact]
    public void The_name_of_a_repository_is_what_the_specification_allows() =>
        Agree(
            @"^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z",
            text => RepositoryName.TryParse(text, out _)
        );

    [Fact]
    public void A_tag_is_what_the_specification_allows() =>
        Agree(@"^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}\z", text => Tag.TryParse(text, out _));

    [Fact]
    public void A_platform_has_a_system_an_architecture_and_an_optional_variant() =>
        Agree(@"^[a-z0-9]+/[a-z0-9_]+(/[a-z0-9.]+)?\z", text => Platform.TryParse(text, out _));

    [Fact]
    public void The_name_of_an_image_has_letters_and_digits_with_hyphens_between_them() =>
        Agree(@"^[a-z0-9]+(-+[a-z0-9]+)*\z", ConfigurationReader.IsName);

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_tag_has_at_most_128_characters(int length, bool isTag) =>
        Assert.Equal(isTag, Tag.TryParse(new string('a', length), out _));

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void A_repository_has_at_most_255_characters(int length, bool isName) =>
        Assert.Equal(isName, RepositoryName.TryParse(new string('a', length), out _));

    private static void Agree(string pattern, Predicate<string> reads)
    {
        var expression = new Regex(
            pattern,
            RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(5)
        );
        var random = new Random(Seed);
        var accepted = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var text = string.Concat(
                Enumerable.Range(0, random.Next(0, 8)).Select(_ => "aaaz09A_.-/é\n"[random.Next(13)])
            );
            var expected = expression.IsMatch(text);
            accepted += expected ? 1 : 0;
            Assert.True(expected == reads(text), $"'{text}': {pattern} says {expected} (seed {Seed})");
        }

        Assert.True(accepted > 1000, "Hardly any text was a name.");
    }
}
