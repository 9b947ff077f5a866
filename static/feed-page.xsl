<?xml version="1.0" encoding="UTF-8"?>
<!-- The page that a browser makes of an RSS or Atom feed: what it is for, and
     its articles with links. feed.xsl imports this and sets the variables. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:atom="http://www.w3.org/2005/Atom" exclude-result-prefixes="atom">
<xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat"/>

<xsl:template match="/rss/channel">
<xsl:call-template name="page">
<xsl:with-param name="title" select="title"/>
<xsl:with-param name="lead" select="description"/>
<xsl:with-param name="link" select="link"/>
<xsl:with-param name="items" select="item"/>
</xsl:call-template>
</xsl:template>

<xsl:template match="/atom:feed">
<xsl:call-template name="page">
<xsl:with-param name="title" select="atom:title"/>
<xsl:with-param name="lead" select="atom:subtitle"/>
<xsl:with-param name="link" select="atom:link[not(@rel) or @rel='alternate']/@href"/>
<xsl:with-param name="items" select="atom:entry"/>
</xsl:call-template>
</xsl:template>

<xsl:template match="/"><xsl:apply-templates select="rss/channel | atom:feed"/></xsl:template>

<xsl:template name="page">
<xsl:param name="title"/>
<xsl:param name="lead"/>
<xsl:param name="link"/>
<xsl:param name="items"/>
<html lang="{$language}">
<head>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<meta name="robots" content="noindex"/>
<title><xsl:value-of select="$title"/></title>
<xsl:call-template name="styles"><xsl:with-param name="rest" select="$style"/></xsl:call-template>
</head>
<body class="page-feed">
<header class="site-header">
<div class="wrap">
<a class="brand" href="{$root}"><xsl:if test="$emblem != ''"><img src="{$emblem}" alt="" width="56" height="56"/></xsl:if><span class="brand-title"><xsl:value-of select="$site"/></span></a>
</div>
</header>
<div class="wrap">
<main>
<header class="list-head">
<h1><a href="{$link}"><xsl:value-of select="$title"/></a></h1>
<xsl:if test="$lead != $title"><p class="lead"><xsl:value-of select="$lead"/></p></xsl:if>
</header>
<p class="notice"><xsl:value-of select="$about"/><xsl:text> </xsl:text><a href="{$feeds}"><xsl:value-of select="$about-link"/></a></p>
<div class="list"><xsl:apply-templates select="$items"/></div>
</main>
</div>
</body>
</html>
</xsl:template>

<xsl:template name="styles">
<xsl:param name="rest"/>
<xsl:if test="$rest != ''">
<link rel="stylesheet" href="{substring-before(concat($rest, ' '), ' ')}"/>
<xsl:call-template name="styles"><xsl:with-param name="rest" select="substring-after($rest, ' ')"/></xsl:call-template>
</xsl:if>
</xsl:template>

<!-- RSS tells a date as Wed, 11 Mar 2020 19:02:00 +0700 -->
<xsl:template match="item">
<xsl:variable name="day" select="substring-after(pubDate, ', ')"/>
<xsl:call-template name="card">
<xsl:with-param name="title" select="title"/>
<xsl:with-param name="link" select="link"/>
<xsl:with-param name="lead" select="description"/>
<xsl:with-param name="year" select="substring($day, 8, 4)"/>
<xsl:with-param name="month" select="1 + string-length(substring-before('JanFebMarAprMayJunJulAugSepOctNovDec', substring($day, 4, 3))) div 3"/>
<xsl:with-param name="date" select="substring($day, 1, 2)"/>
<xsl:with-param name="clock" select="substring($day, 13, 5)"/>
</xsl:call-template>
</xsl:template>

<!-- Atom as 2020-03-11T19:02:00+07:00 -->
<xsl:template match="atom:entry">
<xsl:call-template name="card">
<xsl:with-param name="title" select="atom:title"/>
<xsl:with-param name="link" select="atom:link[not(@rel) or @rel='alternate']/@href"/>
<xsl:with-param name="lead" select="atom:summary"/>
<xsl:with-param name="year" select="substring(atom:published, 1, 4)"/>
<xsl:with-param name="month" select="substring(atom:published, 6, 2)"/>
<xsl:with-param name="date" select="substring(atom:published, 9, 2)"/>
<xsl:with-param name="clock" select="substring(atom:published, 12, 5)"/>
</xsl:call-template>
</xsl:template>

<xsl:template name="card">
<xsl:param name="title"/>
<xsl:param name="link"/>
<xsl:param name="lead"/>
<xsl:param name="year"/>
<xsl:param name="month"/>
<xsl:param name="date"/>
<xsl:param name="clock"/>
<article class="card"><div class="card-text">
<p class="card-meta">
<xsl:call-template name="fill">
<xsl:with-param name="pattern"><xsl:choose><xsl:when test="$clock = '00:00'"><xsl:value-of select="$day"/></xsl:when><xsl:otherwise><xsl:value-of select="$minute"/></xsl:otherwise></xsl:choose></xsl:with-param>
<xsl:with-param name="year" select="$year"/>
<xsl:with-param name="month" select="number($month)"/>
<xsl:with-param name="date" select="number($date)"/>
<xsl:with-param name="clock" select="$clock"/>
</xsl:call-template>
</p>
<h3><a href="{$link}"><xsl:value-of select="$title"/></a></h3>
<xsl:if test="$lead != ''"><p class="card-lead"><xsl:call-template name="text"><xsl:with-param name="rest" select="$lead"/></xsl:call-template></p></xsl:if>
</div></article>
</xsl:template>

<!-- a date by the site's pattern: "{HH}:{MM} {dd}/{mm}/{yyyy}" -->
<xsl:template name="fill">
<xsl:param name="pattern"/>
<xsl:param name="year"/>
<xsl:param name="month"/>
<xsl:param name="date"/>
<xsl:param name="clock"/>
<xsl:choose>
<xsl:when test="contains($pattern, '{')">
<xsl:variable name="field" select="substring-before(substring-after($pattern, '{'), '}')"/>
<xsl:variable name="hour" select="number(substring($clock, 1, 2))"/>
<xsl:value-of select="substring-before($pattern, '{')"/>
<xsl:choose>
<xsl:when test="$field = 'yyyy'"><xsl:value-of select="$year"/></xsl:when>
<xsl:when test="$field = 'mm'"><xsl:value-of select="format-number($month, '00')"/></xsl:when>
<xsl:when test="$field = 'm'"><xsl:value-of select="$month"/></xsl:when>
<xsl:when test="$field = 'month'"><xsl:call-template name="nth"><xsl:with-param name="list" select="$months"/><xsl:with-param name="n" select="$month"/></xsl:call-template></xsl:when>
<xsl:when test="$field = 'mon'"><xsl:variable name="name"><xsl:call-template name="nth"><xsl:with-param name="list" select="$months"/><xsl:with-param name="n" select="$month"/></xsl:call-template></xsl:variable><xsl:value-of select="substring($name, 1, 3)"/></xsl:when>
<xsl:when test="$field = 'Weekday' or $field = 'weekday'">
<xsl:variable name="early" select="floor((14 - $month) div 12)"/>
<xsl:variable name="y" select="$year - $early"/>
<xsl:variable name="weekday" select="($date + $y + floor($y div 4) - floor($y div 100) + floor($y div 400) + floor(31 * ($month + 12 * $early - 2) div 12) + 6) mod 7"/>
<xsl:call-template name="nth"><xsl:with-param name="list" select="$weekdays"/><xsl:with-param name="n" select="$weekday + 1"/></xsl:call-template>
</xsl:when>
<xsl:when test="$field = 'dd'"><xsl:value-of select="format-number($date, '00')"/></xsl:when>
<xsl:when test="$field = 'd'"><xsl:value-of select="$date"/></xsl:when>
<xsl:when test="$field = 'HH'"><xsl:value-of select="substring($clock, 1, 2)"/></xsl:when>
<xsl:when test="$field = 'H'"><xsl:value-of select="$hour"/></xsl:when>
<xsl:when test="$field = 'h'"><xsl:value-of select="($hour + 11) mod 12 + 1"/></xsl:when>
<xsl:when test="$field = 'MM'"><xsl:value-of select="substring($clock, 4, 2)"/></xsl:when>
<xsl:when test="$field = 'ampm'"><xsl:choose><xsl:when test="$hour &lt; 12"><xsl:value-of select="$am"/></xsl:when><xsl:otherwise><xsl:value-of select="$pm"/></xsl:otherwise></xsl:choose></xsl:when>
</xsl:choose>
<xsl:call-template name="fill">
<xsl:with-param name="pattern" select="substring-after($pattern, '}')"/>
<xsl:with-param name="year" select="$year"/>
<xsl:with-param name="month" select="$month"/>
<xsl:with-param name="date" select="$date"/>
<xsl:with-param name="clock" select="$clock"/>
</xsl:call-template>
</xsl:when>
<xsl:otherwise><xsl:value-of select="$pattern"/></xsl:otherwise>
</xsl:choose>
</xsl:template>

<xsl:template name="nth">
<xsl:param name="list"/>
<xsl:param name="n"/>
<xsl:choose>
<xsl:when test="$n &gt; 1"><xsl:call-template name="nth"><xsl:with-param name="list" select="substring-after($list, '|')"/><xsl:with-param name="n" select="$n - 1"/></xsl:call-template></xsl:when>
<xsl:otherwise><xsl:value-of select="substring-before($list, '|')"/></xsl:otherwise>
</xsl:choose>
</xsl:template>

<!-- a description of RSS is HTML: a text in which three signs are escaped -->
<xsl:template name="text">
<xsl:param name="rest"/>
<xsl:choose>
<xsl:when test="contains($rest, '&amp;') and contains(substring-after($rest, '&amp;'), ';')">
<xsl:variable name="name" select="substring-before(substring-after($rest, '&amp;'), ';')"/>
<xsl:value-of select="substring-before($rest, '&amp;')"/>
<xsl:choose>
<xsl:when test="$name = 'lt'">&lt;</xsl:when>
<xsl:when test="$name = 'gt'">&gt;</xsl:when>
<xsl:when test="$name = 'amp'">&amp;</xsl:when>
<xsl:otherwise>&amp;<xsl:value-of select="$name"/>;</xsl:otherwise>
</xsl:choose>
<xsl:call-template name="text"><xsl:with-param name="rest" select="substring-after(substring-after($rest, '&amp;'), ';')"/></xsl:call-template>
</xsl:when>
<xsl:otherwise><xsl:value-of select="$rest"/></xsl:otherwise>
</xsl:choose>
</xsl:template>
</xsl:stylesheet>
