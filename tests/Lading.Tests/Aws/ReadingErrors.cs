using System.Net;
using Lading.Aws;

namespace Lading.Tests.Aws;

/// <summary>What an error of AWS, or of something on the way to it, says.</summary>
public sealed class ReadingErrors
{
    [Theory]
    [InlineData("<!doctype html>\n<html lang=en>\n<h1>Bad gateway</h1>", "502 BadGateway: a page of HTML")]
    [InlineData("<HTML><body>Bad gateway</body></HTML>", "502 BadGateway: a page of HTML")]
    [InlineData("no upstream\r\n  is healthy\n", "502 BadGateway: no upstream is healthy")]
    [InlineData("""{"__type":"ServerException","message":"try\nagain"}""", "502 ServerException: try again")]
    [InlineData("", "502 BadGateway")]
    public void It_is_one_line_without_markup(string body, string said) =>
        Assert.Equal($"ECS answered {said}", AwsError.Parse(HttpStatusCode.BadGateway, null, body).Describe("ECS"));
}
